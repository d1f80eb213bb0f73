"""What the database itself refuses: a record approved past the people who were asked."""

import pgtrigger


def approval_triggers(
    subject: str, *, waiting: str, approved: tuple[str, ...], moves_with: tuple[str, ...] = ("owner_id", "unit_id")
) -> list[pgtrigger.Trigger]:
    """For the model of a subject: no update, by whatever way, approves a record whose case is still running.

    A record that goes another way ends its case; who takes the record over takes the case over. ``moves_with`` names
    the columns of owner and unit; without them the case stays with those it was opened for.
    """
    running = f"subject = '{subject}' AND object_id = NEW.id AND state = 'running'"
    guard = _guard(subject, running, waiting, approved)
    return [guard, _follow(running, waiting, moves_with)] if moves_with else [guard]


def _guard(subject: str, running: str, waiting: str, approved: tuple[str, ...]) -> pgtrigger.Trigger:
    statuses = ", ".join(f"'{status}'" for status in approved)
    return pgtrigger.Trigger(
        name="approved_by_its_approvers",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("status"),
        condition=pgtrigger.Condition(f"OLD.status = '{waiting}' AND NEW.status IS DISTINCT FROM OLD.status"),
        func=f"""
            IF NEW.status IN ({statuses}) AND EXISTS (SELECT FROM users_approvalcase WHERE {running}) THEN
                RAISE EXCEPTION 'pgtrigger: {subject} % waits for the decision of its approvers', NEW.id;
            END IF;
            UPDATE users_approvalcase
            SET state = 'ended', ended_at = now(), remind_at = NULL, escalate_at = NULL
            WHERE {running};
            RETURN NEW;
        """,
    )


def _follow(running: str, waiting: str, columns: tuple[str, ...]) -> pgtrigger.Trigger:
    moves = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    taken = ", ".join(f"{column} = NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="case_follows_its_record",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf(*columns),
        condition=pgtrigger.Condition(f"OLD.status = '{waiting}' AND ({moves})"),
        func=f"""
            UPDATE users_approvalcase SET {taken} WHERE {running};
            RETURN NULL;
        """,
    )
