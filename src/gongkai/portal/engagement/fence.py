"""A fence against machines that fill in forms: no picture to decipher, no foreign service, nothing a person notices.

A field no person sees must stay empty, and a form must have been open for a few seconds. Both only ask once more: what
was typed stays, and pressing the button again sends it. The signed word in the form also names the form, so that a
second click is known as such.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core import signing

from gongkai.core.query_codes import code_from

if TYPE_CHECKING:
    from django.http import QueryDict

SALT = "gongkai.portal.fence"
OPEN_FOR = 12 * 3600  # seconds a form may lie open
AT_LEAST = 3  # seconds a person needs


class FencedForm(forms.Form):
    """A form anybody may send."""

    use_required_attribute = False

    website = forms.CharField(
        label="请不要填写这一项",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = fresh_word

    def clean(self) -> dict[str, Any]:
        """Sent by a person, as far as can be told."""
        data = super().clean() or self.cleaned_data
        if data.get("website"):
            self.add_error(None, "“请不要填写这一项”中有内容，请清空后再提交。")
        if self.nonce == "":
            # The old word is of no more use: the page that comes back carries a new one.
            renewed = cast("QueryDict", self.data).copy()
            renewed[self.add_prefix("opened")] = fresh_word()
            self.data = renewed
            self.add_error(None, "页面打开的时间太长，请核对内容后再按一次提交。")
        elif not self.errors and self._age() < AT_LEAST:
            self.add_error(None, "请核对一遍内容，然后再按一次提交。")
        return data

    @property
    def nonce(self) -> str:
        """What names this very form; "" when it lay open too long or is not ours."""
        return self._opened()[0]

    def _age(self) -> float:
        """Seconds since the form was made."""
        return time.time() - self._opened()[1]

    def _opened(self) -> tuple[str, float]:
        word = str(self.data.get(self.add_prefix("opened"), ""))
        try:
            nonce, made = signing.loads(word, salt=SALT, max_age=OPEN_FOR)
        except signing.BadSignature:
            return "", 0.0
        return nonce, made


def fresh_word() -> str:
    """The word a form carries, signed with the moment it was made."""
    return signing.dumps([secrets.token_urlsafe(12), time.time()], salt=SALT)


def code_of(nonce: str) -> str:
    """The query code of what a form made: the same for a second click on it, and no other."""
    return code_from(nonce, purpose=SALT)
