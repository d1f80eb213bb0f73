"""The board of a pipeline: one request draws it, a drag or a menu moves a card."""

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from core.addresses import back_address
from core.errors import RuleBroken, refusal_of
from core.templatetags.ui import wan
from core.undo import offers_made
from core.views.undo import done_message
from core.workflow import take
from customers.boards import Sums, board_of, card_of, cards_of, column_sums, on_board, place_of, read_place, total_of
from customers.filters import BoardFilter
from customers.models import Opportunity, Pipeline, Stage
from customers.pages import OPPORTUNITIES

MOVE = OPPORTUNITIES.step_named("move")


class BoardRows(PermissionRequiredMixin):
    """The pipeline that is asked for and the opportunities the reader sees, filtered."""

    permission_required = "customers.view_opportunity"
    raise_exception = True
    request: HttpRequest

    @cached_property
    def stages(self) -> list[Stage]:
        """Of every pipeline, each with its pipeline: one query."""
        stages = Stage.objects.visible_to(self.request.user).select_related("pipeline")
        return list(stages.order_by("pipeline__unit__path", "pipeline", "position", "pk"))

    @cached_property
    def pipelines(self) -> list[Pipeline]:
        return list({stage.pipeline_id: stage.pipeline for stage in self.stages}.values())

    @cached_property
    def pipeline(self) -> Pipeline:
        """The one asked for, else the reader's own: the nearest to his unit."""
        wanted = self.request.GET.get("pipeline", "")
        found = [pipeline for pipeline in self.pipelines if str(pipeline.pk) == wanted]
        unit = self.request.user.unit
        above = [one for one in self.pipelines if unit and f"/{one.unit_id}/" in unit.path]
        chosen = found or above[-1:] or [one for one in self.pipelines if one.unit_id is None]
        if not chosen:
            raise Http404
        return chosen[0]

    @cached_property
    def filter(self) -> BoardFilter:
        visible = Opportunity.objects.visible_to(self.request.user)
        return BoardFilter(self.request.GET or None, visible, user=self.request.user)

    @cached_property
    def rows(self) -> QuerySet:
        """A filter that cannot be read shows nothing."""
        return self.filter.qs if not self.filter.is_bound or self.filter.is_valid() else Opportunity.objects.none()

    def card_context(self) -> dict:
        user = self.request.user
        return {
            "may_move": user.has_perm(MOVE.permission),
            "may_win": user.has_perm("customers.win_opportunity"),
            "may_lose": user.has_perm("customers.lose_opportunity"),
            "today": timezone.localdate(),
            "opportunities_url": reverse("customers:opportunity_list"),
        }


@method_decorator(never_cache, name="dispatch")
class BoardPage(BoardRows, TemplateView):
    template_name = "customers/opportunity_board.html"

    def get_context_data(self, **context) -> dict:
        stages = [stage for stage in self.stages if stage.pipeline_id == self.pipeline.pk]
        board = board_of(self.pipeline, stages, self.rows, timezone.localdate())
        return super().get_context_data(
            board=board,
            total=board.total,
            pipelines=self.pipelines,
            chips=list(self.filter.chips()) if self.filter.is_bound else [],
            open_stages=[column.stage for column in board.columns if column.is_open and column.stage.is_active],
            **self.card_context(),
            **context,
        )


class BoardFilterForm(BoardRows, TemplateView):
    """Loaded after the board: the choices of people and units are long."""

    template_name = "customers/_board_filter.html"

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(filter=self.filter, pipeline=self.pipeline, **context)


class BoardCards(BoardRows, TemplateView):
    """The next cards of one column."""

    template_name = "customers/_board_cards.html"

    def get_context_data(self, **context) -> dict:
        stage = get_object_or_404(Stage.objects.visible_to(self.request.user), pk=self.kwargs["stage"])
        rows = on_board(self.rows, stage.pipeline, timezone.localdate())
        cards = list(cards_of(rows, stage.pk, read_place(self.request.GET.get("after", ""))))
        after = place_of(cards)
        return super().get_context_data(
            **context | {"stage": stage},
            cards=cards,
            open_stages=list(stage.pipeline.stages.open()),
            after=after,
            has_more=bool(cards) and cards_of(rows, stage.pk, read_place(after)).exists(),
            **self.card_context(),
        )


class MoveCard(BoardRows, View):
    """A card is put into another open stage; asked by a script it answers with the new sums of the columns."""

    permission_required = ("customers.view_opportunity", "customers.advance_opportunity")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        opportunity = get_object_or_404(Opportunity.objects.visible_to(request.user), pk=pk)
        if not OPPORTUNITIES.may_take(MOVE, opportunity, request.user):
            raise PermissionDenied
        try:
            with offers_made() as offers:
                self.move(opportunity)
        except (RuleBroken, DatabaseError) as error:
            return self.refused(refusal_of(error).sentence)
        text = _("“%(opportunity)s” is now in “%(stage)s”.") % {"opportunity": opportunity, "stage": self.stage}
        if self.is_asked_by_script:
            return JsonResponse(
                {
                    "message": text,
                    **self.sums(opportunity.pipeline),
                    "card": self.card(opportunity),
                    "undo": reverse("undo", args=[offers[-1].pk]) if offers else "",
                }
            )
        done_message(request, text, offers)
        return redirect(back_address(request, otherwise=reverse("customers:opportunity_board")))

    @cached_property
    def stage(self) -> Stage:
        key = self.request.POST.get("stage", "")
        return get_object_or_404(Stage.objects.visible_to(self.request.user), pk=key if key.isdecimal() else 0)

    def move(self, opportunity: Opportunity) -> None:
        """Refused where somebody else moved the card after the board was drawn."""
        drawn_in = self.request.POST.get("from") or self.request.GET.get("from", "")
        take(MOVE, opportunity.pk, Opportunity, by=self.request.user, stage=self.stage, drawn_in=drawn_in)

    @property
    def is_asked_by_script(self) -> bool:
        return self.request.headers.get("Accept", "") == "application/json"

    def refused(self, sentence: str) -> HttpResponse:
        if self.is_asked_by_script:
            return JsonResponse({"sentence": sentence}, status=409)
        messages.error(self.request, sentence)
        return redirect(back_address(self.request, otherwise=reverse("customers:opportunity_board")))

    def card(self, opportunity: Opportunity) -> str:
        """As it is drawn in its new column."""
        card = card_of(self.rows, opportunity.pk)
        context = {"cards": [card] if card else [], "open_stages": opportunity.pipeline.stages.open()}
        return render_to_string("customers/_board_cards.html", context | self.card_context(), self.request).strip()

    def sums(self, pipeline: Pipeline) -> dict[str, dict]:
        """Of every column, and of the head: what is still open."""
        found = column_sums(on_board(self.rows, pipeline, timezone.localdate()))
        stages = pipeline.stages.all()
        total = total_of(found.get(stage.pk, Sums()) for stage in stages if stage.kind == Stage.Kind.OPEN)
        columns = {stage.pk: words_of(found.get(stage.pk, Sums())) for stage in stages}
        return {"columns": columns, "total": words_of(total)}


def words_of(sums: Sums) -> dict[str, str]:
    """As the head of the board and of a column shows them."""
    return {"count": f"{sums.count:,}", "amount": wan(sums.amount), "weighted": wan(sums.weighted)}
