from townhall.kernel.modules import base


class Bookings(base.Module):
    name = "townhall.residents.bookings"
    title = "Bookings"
    standard = "iCalendar (RFC 5545)"
    prefix = "bookings/"
