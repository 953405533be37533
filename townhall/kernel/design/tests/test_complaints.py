from django import forms

from townhall.kernel.design import fields
from townhall.kernel.design.complaints import complaints


class Bulky(forms.Form):
    name = forms.CharField(label="Your name", max_length=5)
    email = forms.EmailField(label="Email address")
    mattresses = forms.IntegerField(label="How many mattresses?", max_value=5)
    light = forms.ChoiceField(label="Which light?", choices=[("14", "Light 14")], widget=forms.RadioSelect)
    mine = forms.BooleanField(label="They are mine", error_messages={"required": "Tick to say they are yours"})


def test_errors_say_what_to_do_with_the_name_of_the_question() -> None:
    form = Bulky({"name": "Bartholomew", "email": "asha", "mattresses": "12", "light": "99"})
    assert [complaints(form[name]) for name in ("name", "email", "mattresses", "light")] == [
        ["Your name: use 5 characters or fewer"],
        ["Email address: enter an email address like name@example.com"],
        ["How many mattresses: enter 5 or less"],
        ["Which light: choose one from the list"],
    ]


def test_missing_answers_are_asked_for_by_kind() -> None:
    form = Bulky({})
    assert complaints(form["name"]) == ["Your name: enter an answer"]
    assert complaints(form["light"]) == ["Which light: choose an answer"]


def test_words_of_the_forms_author_are_kept() -> None:
    assert complaints(Bulky({})["mine"]) == ["Tick to say they are yours"]


def test_words_of_a_clean_method_are_kept() -> None:
    form = Bulky({"name": "Asha"})
    form.add_error("name", "Somebody else has that name")
    assert complaints(form["name"]) == ["Somebody else has that name"]


def test_summary_links_lead_to_the_field() -> None:
    errors = fields.errors_of(Bulky({}))
    assert errors[0] == {"text": "Your name: enter an answer", "href": "#id_name"}
    assert [error["href"] for error in errors][-1] == "#id_mine"


def test_number_field_is_a_text_box_with_a_number_pad() -> None:
    kind, params = fields.component(Bulky()["mattresses"])
    assert (kind, params["type"], params["inputmode"]) == ("input", "text", "numeric")


def test_password_is_never_sent_back() -> None:
    class Secret(forms.Form):
        word = forms.CharField(widget=forms.PasswordInput(render_value=True))

    assert fields.component(Secret({"word": "hunter2"})["word"])[1]["value"] == ""
