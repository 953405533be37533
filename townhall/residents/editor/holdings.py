"""What drafts hold about people: who changed and approved them, kept with the service as its history."""

from townhall.kernel.privacy.registries import not_personal

not_personal.add("editor.Draft", "the files of a service; who wrote and approved it is kept with changes of staff")
not_personal.add("editor.Change", "a change of a service's files; who made it is kept with changes of staff")
