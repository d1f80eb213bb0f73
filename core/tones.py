"""One tone per status word on every screen; the word itself is always shown beside it."""

TONES = {
    "secondary": "draft new prospect cancelled superseded expired exited inactive void ended closed lost to_verify "
    "dropped left_out taken_back withdrawn",
    "blue": "submitted assigned sent open reserved invoiced enrolled queued running planned potential trial in_factory "
    "proposed accrued reviewed coming",
    "cyan": "qualified building shipped in_transit allocated released fulfilling qualification",
    "orange": "losing returned rectifying partially_approved overdue previewed proposal changed key warning worse",
    "purple": "negotiation registered received at_dealer held",
    "green": "approved signed published completed done retailed passed won active formal converted base genuine better "
    "accepted finished applied credited on_sale",
    "red": "lapsed rejected failed suspended terminated invalid false blocked",
}
_TONE_OF_WORD = {word: tone for tone, words in TONES.items() for word in words.split()}


def tone(word: str) -> str:
    return _TONE_OF_WORD.get(word, "secondary")
