"""What every kind of channel can be asked to do, and what it is given for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from gongkai.channels.enums import DeliveryState
from gongkai.channels.material import Material
from gongkai.channels.models import Channel, Delivery
from gongkai.core.errors import Obstacle


@dataclass(frozen=True)
class Setting:
    """Something an administrator says about a channel. ``secret``: stored encrypted, shown never again."""

    name: str
    label: str
    help_text: str = ""
    secret: bool = False
    required: bool = False
    is_flag: bool = False
    is_long: bool = False
    default: Any = ""
    limit: int = 500


@dataclass(frozen=True)
class Outcome:
    """How an errand stands at the other side."""

    state: DeliveryState = DeliveryState.PUBLISHED
    """PUBLISHED: done. SUBMITTED: ask again after ``ask_after`` seconds. IN_DRAFT_BOX: a person publishes it there."""
    address: str = ""
    external_id: str = ""
    readers: int | None = None
    ask_after: int = 60
    note: str = ""


@dataclass(frozen=True)
class Count:
    """How far a text reached, as the other side counts: ``readers`` is None when it does not say."""

    delivery: int
    readers: int | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)
    """Forwards, comments, likes and the like, by the name they have on our pages."""


@dataclass
class Job:
    """One errand for one delivery, as a kind is given it."""

    channel: Channel
    material: Material
    key: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]
    progress: dict[str, Any]
    external_id: str = ""
    address: str = ""
    previous_id: str = ""
    """What the replaced edition is called there."""
    is_repetition: bool = False
    """An earlier attempt may have been done without our hearing of it: look before doing it again."""
    keep: Callable[[dict[str, Any]], None] = field(default=lambda _: None)

    def remember(self, **facts: Any) -> None:
        """Note what was achieved at the other side, at once, so that a killed worker's successor knows."""
        self.progress.update(facts)
        self.keep(self.progress)


class Kind:
    """A kind of channel. One without a network is done by hand."""

    title: ClassVar[str] = ""
    by_network: ClassVar[bool] = False
    built_in: ClassVar[bool] = False
    """Published when the site is: nothing is sent."""
    can_update: ClassVar[bool] = False
    can_withdraw: ClassVar[bool] = False
    replaces: ClassVar[bool] = False
    """A correction takes the place of the earlier text there; otherwise it is published anew and the earlier one removed."""
    lasting: ClassVar[bool] = False
    """What is there stays to be found, so that a repeal should be noted there."""
    counts: ClassVar[bool] = False
    """The other side tells how many readers a text had."""
    settings: ClassVar[tuple[Setting, ...]] = ()

    def why_not(self, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Obstacle]:
        """What is missing or wrong in what the administrator said."""
        found = []
        for one in self.settings:
            value = (secrets if one.secret else settings).get(one.name)
            if one.required and not str(value or "").strip():
                found.append(Obstacle("missing", f"没有填写{one.label}", "请填写", one.name))
        return found

    def publish(self, job: Job) -> Outcome:
        """Put it there. Raises ChannelError."""
        raise NotImplementedError

    def poll(self, job: Job) -> Outcome:
        """What became of what was submitted. Raises ChannelError."""
        raise NotImplementedError

    def update(self, job: Job) -> Outcome:
        """Change what is there. Raises ChannelError."""
        raise NotImplementedError

    def withdraw(self, job: Job) -> Outcome:
        """Take it away there; what is gone already is away. Raises ChannelError."""
        raise NotImplementedError

    def test(self, channel: Channel) -> str:
        """Try the connection without publishing anything; what to tell the administrator. Raises ChannelError."""
        raise NotImplementedError

    def count(self, channel: Channel, deliveries: Sequence[Delivery]) -> Iterator[Count]:
        """How far these reached, as far as the other side says; what is told before an error holds. Raises ChannelError."""
        raise NotImplementedError
