from django.urls import path

from townhall.kernel.notify.views import failed, mailbox, post, receipts, wordings

app_name = "notify"
urlpatterns = [
    path("templates/", wordings.wordings, name="wordings"),
    path("templates/<slug:code>/", wordings.wording, name="wording"),
    path("failed/", failed.failed, name="failed"),
    path("failed/mend/", failed.mend, name="mend"),
    path("failed/undo/", failed.undo, name="undo_mending"),
    path("post/", post.post, name="post"),
    path("post/new", post.make, name="make_batch"),
    path("post/<uuid:batch_id>.zip", post.download, name="batch"),
    path("post/<uuid:batch_id>/handed-over", post.hand_over, name="hand_over"),
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<uuid:letter_id>", mailbox.letter, name="letter"),
    path("mailbox/<uuid:letter_id>.pdf", mailbox.pdf, name="letter_pdf"),
    path("notify/receipts", receipts.receipts, name="receipts"),
]
