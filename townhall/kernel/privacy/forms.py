"""What officers type while they review what we hold about somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewForm(forms.Form):
    """What of one record is about somebody else."""

    removed = forms.CharField(
        label=_("Passages about other people, one on a line"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    left_out = forms.CharField(label=_("Leave the whole record out, because"), required=False, max_length=300)


class PeriodForm(forms.Form):
    """How long a holding is kept."""

    key = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=36525)
