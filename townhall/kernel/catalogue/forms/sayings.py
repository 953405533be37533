"""What is said of each mistake, in both languages: what is wrong and how to mend it.

Source: the GOV.UK Design System, error messages. `{it}` is what the form calls the answer.
"""

from townhall.kernel.catalogue.words import Text

SAYINGS = {
    "missing": Text("Enter {it}", "Rhowch {it}"),
    "unanswered": Text("Answer {it}", "Atebwch {it}"),
    "unchosen": Text("Select {it}", "Dewiswch {it}"),
    "untold": Text("Upload {it}", "Lanlwythwch {it}"),
    "undeclared": Text("You must tick the box to go on", "Rhaid i chi dicio’r blwch i fynd ymlaen"),
    "too_long": Text("{It} must be {most} characters or fewer", "{It}: dim mwy na {most} nod"),
    "too_short": Text("{It} must be {least} characters or more", "{It}: o leiaf {least} nod"),
    "characters": Text("{It} has characters that cannot be kept", "{It}: mae nodau yma na ellir eu cadw"),
    "number": Text("{It} must be a number, like 5.5", "{It}: rhaid rhoi rhif, fel 5.5"),
    "whole": Text("{It} must be a whole number, like 30", "{It}: rhaid rhoi rhif cyfan, fel 30"),
    "decimals": Text("{It} must have no more than {decimals} decimal places", "{It}: dim mwy na {decimals} lle degol"),
    "money": Text("{It} must be an amount of money, like 30.50", "{It}: rhaid rhoi swm o arian, fel 30.50"),
    "too_small": Text("{It} must be {least} or more", "{It}: rhaid rhoi {least} neu fwy"),
    "too_large": Text("{It} must be {most} or less", "{It}: rhaid rhoi {most} neu lai"),
    "no_date": Text("{It} must be a real date", "{It}: rhaid rhoi dyddiad sy’n bod"),
    "no_day": Text("{It} must include a day", "{It}: rhaid cynnwys diwrnod"),
    "no_month": Text("{It} must include a month", "{It}: rhaid cynnwys mis"),
    "no_year": Text("{It} must include a year", "{It}: rhaid cynnwys blwyddyn"),
    "year": Text("Year must include 4 numbers", "Rhaid i’r flwyddyn gynnwys 4 rhif"),
    "option": Text("{It}: select one of the answers listed", "{It}: dewiswch un o’r atebion yn y rhestr"),
    "alone": Text("{It}: select “{none}” alone, or the others", "{It}: dewiswch “{none}” yn unig, neu’r lleill"),
    "too_few": Text("{It}: select at least {least}", "{It}: dewiswch o leiaf {least}"),
    "too_many": Text("{It}: no more than {most} can be chosen", "{It}: ni ellir dewis mwy na {most}"),
    "email": Text(
        "{It} must be an e-mail address, like name@example.com",
        "{It}: rhaid rhoi cyfeiriad e-bost, fel enw@example.com",
    ),
    "phone": Text(
        "{It} must be a telephone number, like 01632 960 001 or +44 808 157 0192",
        "{It}: rhaid rhoi rhif ffôn, fel 01632 960 001 neu +44 808 157 0192",
    ),
    "ni_number": Text(
        "{It} must be a National Insurance number, like QQ 12 34 56 C",
        "{It}: rhaid rhoi rhif Yswiriant Gwladol, fel QQ 12 34 56 C",
    ),
    "line_1": Text("Enter address line 1, usually the building and street", "Rhowch linell gyntaf y cyfeiriad"),
    "town": Text("Enter the town or city", "Rhowch y dref neu’r ddinas"),
    "no_postcode": Text("Enter the postcode", "Rhowch y cod post"),
    "postcode": Text("Enter a full UK postcode, like AA3 1AB", "Rhowch god post llawn y DU, fel AA3 1AB"),
    "uprn": Text("Choose the address from the list again", "Dewiswch y cyfeiriad o’r rhestr eto"),
    "place": Text("Select the place on the map again", "Dewiswch y lle ar y map eto"),
    "files_unknown": Text("Upload the file again: it did not arrive", "Lanlwythwch y ffeil eto: ni chyrhaeddodd"),
    "files_many": Text("{It}: no more than {most} files", "{It}: dim mwy na {most} ffeil"),
    "files_large": Text(
        "{file} must be smaller than {megabytes} MB", "{file}: rhaid iddi fod yn llai na {megabytes} MB"
    ),
    "files_type": Text("{file} must be a file of type {types}", "{file}: rhaid iddi fod yn ffeil {types}"),
    "account_name": Text("Enter the name on the account", "Rhowch yr enw ar y cyfrif"),
    "sort_code": Text("Enter a sort code of 6 numbers, like 309430", "Rhowch god didoli o 6 rhif, fel 309430"),
    "account_number": Text(
        "Enter an account number of 6 to 8 numbers, like 00733445", "Rhowch rif cyfrif o 6 i 8 rhif, fel 00733445"
    ),
    "roll_number": Text("The roll number has no more than 18 letters and numbers", "Dim mwy na 18 llythyren a rhif"),
    "signer": Text("Enter the name of the person who is to sign", "Rhowch enw’r sawl sydd i lofnodi"),
    "row": Text("Select an answer for “{row}”", "Dewiswch ateb ar gyfer “{row}”"),
    "items_few": Text("{It}: add at least {least}", "{It}: ychwanegwch o leiaf {least}"),
    "items_many": Text("{It}: no more than {most} can be added", "{It}: ni ellir ychwanegu mwy na {most}"),
    "shape": Text("{It} is not the kind of answer that is asked for", "{It}: nid dyma’r math o ateb y gofynnir amdano"),
}
"""Every rule of a question's kind, and what is said where it is not kept."""
