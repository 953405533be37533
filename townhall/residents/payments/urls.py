from django.urls import path

from townhall.residents.payments.views import officers, paying, sandbox, telling

app_name = "payments"
urlpatterns = [
    path("told/<slug:code>/", telling.told, name="told"),
    path("sandbox/<uuid:charge_id>/", sandbox.charge, name="sandbox"),
    path("<uuid:payment_id>/", paying.pay, name="pay"),
    path("<uuid:payment_id>/back/", paying.back, name="back"),
    path("<uuid:payment_id>/refund/", officers.refund, name="refund"),
]
