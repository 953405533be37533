"""The pages of bookings: choosing, days of officers, calendars, setting up."""
