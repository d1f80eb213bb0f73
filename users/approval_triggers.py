"""What the database itself refuses: a record approved past the people who were asked."""

import pgtrigger


def approval_triggers(subject: str, *, waiting: str, approved: tuple[str, ...]) -> list[pgtrigger.Trigger]:
    """For the model of a subject: no update, by whatever way, approves a record whose case is still running.

    A record that goes another way ends its case; who takes the record over takes the case over.
    """
    running = f"subject = '{subject}' AND object_id = NEW.id AND state = 'running'"
    statuses = ", ".join(f"'{status}'" for status in approved)
    leaves = f"OLD.status = '{waiting}' AND NEW.status IS DISTINCT FROM OLD.status"
    moves = "OLD.owner_id IS DISTINCT FROM NEW.owner_id OR OLD.unit_id IS DISTINCT FROM NEW.unit_id"
    return [
        pgtrigger.Trigger(
            name="approved_by_its_approvers",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("status"),
            condition=pgtrigger.Condition(leaves),
            func=f"""
                IF NEW.status IN ({statuses}) AND EXISTS (SELECT FROM users_approvalcase WHERE {running}) THEN
                    RAISE EXCEPTION 'pgtrigger: {subject} % waits for the decision of its approvers', NEW.id;
                END IF;
                UPDATE users_approvalcase
                SET state = 'ended', ended_at = now(), remind_at = NULL, escalate_at = NULL
                WHERE {running};
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name="case_follows_its_record",
            when=pgtrigger.After,
            operation=pgtrigger.UpdateOf("owner_id", "unit_id"),
            condition=pgtrigger.Condition(f"OLD.status = '{waiting}' AND ({moves})"),
            func=f"""
                UPDATE users_approvalcase SET owner_id = NEW.owner_id, unit_id = NEW.unit_id WHERE {running};
                RETURN NULL;
            """,
        ),
    ]
