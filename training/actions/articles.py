from django.db import transaction

from core.search import search_text
from core.workflow import log_status
from training.models import Article
from users.models import User


@transaction.atomic
def add_article(*, by: User, title: str, kind: str, body: str) -> Article:
    article = Article.objects.create(
        title=title.strip(), kind=kind, body=body, author=by, search_text=search_text(title, body)
    )
    log_status(article, by=by, step="add", before="", after=article.status)
    return article


@transaction.atomic
def change_article(article_id: int, *, by: User, title: str, kind: str, body: str) -> Article:
    article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    article.title, article.kind, article.body = title.strip(), kind, body
    article.search_text = search_text(title, body)
    article.save(update_fields=["title", "kind", "body", "search_text", "changed_at"])
    return article
