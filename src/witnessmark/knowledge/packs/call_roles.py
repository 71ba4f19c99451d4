"""What methods and classes of the platform are to code that is read: they wait, start, keep, carry.

Unlike pack ``apis`` these tell nothing about people; analyses ask for them to understand the way
from an occasion to what is done, and from a text to what it decides.
"""

from typing import Literal

from witnessmark.knowledge.schema import Rule

Role = Literal[
    "task", "task_later", "message_later", "sleep",
    "start_at_once", "alarm", "alarm_again", "work", "work_again", "work_period", "pending",
    "carrier", "carries_on", "clock", "calendar_add",
    "query", "loader", "loaded", "column",
    "shell_start", "shell_write", "library_load", "program_start",
    "map_put", "map_get", "list_put", "list_get", "text_compare", "text_order",
    "screen", "number", "fill", "buffer", "parcel", "background", "foreground",
    "same", "same_text", "boxes", "text_equal",
    "sign_taken", "sign_put", "file_stream", "net_stream",
    "certificate_check", "host_check", "reports", "name_lookup",
    "other_context", "context_files", "worker",
]  # fmt: skip
"""``task``          what is run of a task or handler.
``task_later``       runs a task after a pause; ``position`` of the pause in milliseconds.
``message_later``    sends a message after a pause.
``sleep``            waits; ``position`` of the milliseconds, -1 where a unit is called on.
``start_at_once``    has a service or receiver run.
``alarm``, ``alarm_again``  set a time once, and a repeating one.
``work``, ``work_again``, ``work_period``  plan work once and again, and say how often.
``pending``          keeps a start for later.
``carrier``          class whose objects mean the component that they were made with.
``carries_on``       returns the carrier that it is called on.
``clock``            tells the time now.
``calendar_add``     moves a calendar on.
``query``            asks a provider or database; ``position`` of the columns, receiver not counted.
``loader``           class that queries by itself; ``loaded`` is handed what it found.
``column``           looks up a column by its name.
``shell_start``, ``shell_write``  start a shell, and write to one.
``library_load``, ``program_start``  load machine code, and start a program or feed a shell.
``map_put``, ``map_get``, ``list_put``, ``list_get``  keep under a key, and give what is kept.
``text_compare``, ``text_order``  compare texts; those of the second tell equality by zero.
``screen``           serves a screen, or a reader of formats: what it decides is no command.
``number``           gives a number that is what came; others count, compare or measure.
``fill``, ``buffer``  fill an array or buffer, and make one.
``parcel``           puts a value under a name into what goes from one part of the app to another.
``background``, ``foreground``  of a task: what gives its result, and what is handed that.
``same``             gives what it is called on, or its one argument, in another form.
``same_text``, ``boxes``  spells its one argument; puts a number into an object.
``text_equal``       tells whether two texts are the same.
``sign_taken``, ``sign_put``  take text or bytes apart, and put them together, one by one.
``file_stream``, ``net_stream``  class or member whose stream leads into a file or a connection.
``certificate_check``, ``host_check``  refuse certificates, and those of other hosts.
``reports``          class whose calls report or build words and decide nothing.
``name_lookup``      looks a class or member up by its name.
``other_context``, ``context_files``  give the context of another app, and open what one keeps.
``worker``           class that is run as planned work.
"""


class CallRole(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members of one class that play one role.

    ``role``      as in `Role`.
    ``owner``     class with dots; empty for any class.
    ``members``   bare names there; none where the class itself is meant.
    ``position``  as the role says, counted from 0 without the receiver; -1 for none.
    """

    role: Role
    owner: str = ""
    members: tuple[str, ...] = ()
    position: int = -1

    def recognises(self, text: str) -> bool:
        """Whether ``text`` names a member, ``pkg.Class.member``, or the class that is meant."""
        if not self.members:
            return text == self.owner
        owner, _, name = text.rpartition(".")
        return name in self.members and self.owner in ("", owner)


ENTRY = CallRole
