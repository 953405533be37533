"""What starts before Django: the embedded database and the processes of an installation. Knows no module."""
