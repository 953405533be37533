"""Who is answered what at every address. A page that is new must be given its rows here, or a test fails.

Columns: nobody; the resident who made the report; another resident; an officer of the case's team; an officer of
another team; a partner; the front desk; a manager; an administrator. `in`: to sign in first. `to`: on to another page,
it was done or something must come first. POST sends an empty form: 422 is the answer of somebody who may. A name
with a word after it is the same page for another thing (`visiting.GIVEN`). Where GET and POST are guarded alike there
is one row.
"""

from dataclasses import dataclass

from tests.house.town import ROLES

TABLE = """
healthz                       GET  200  200  200  200  200  200  200  200  200
metrics                       GET  200  200  200  200  200  200  200  200  200
readyz                        GET  200  200  200  200  200  200  200  200  200

api-1:api-root                GET  200  200  200  200  200  200  200  200  200
api-1:application             GET  401  401  401  401  401  401  401  401  401
api-1:applications            POST 401  401  401  401  401  401  401  401  401
api-1:area                    GET  404  404  404  404  404  404  404  404  404
api-1:area_outline            GET  404  404  404  404  404  404  404  404  404
api-1:areas                   GET  200  200  200  200  200  200  200  200  200
api-1:case                    GET  401  401  401  401  401  401  401  401  401
api-1:case_assignment         POST 401  401  401  401  401  401  401  401  401
api-1:case_notes              POST 401  401  401  401  401  401  401  401  401
api-1:case_replies            POST 401  401  401  401  401  401  401  401  401
api-1:case_resolution         POST 401  401  401  401  401  401  401  401  401
api-1:case_status             POST 401  401  401  401  401  401  401  401  401
api-1:case_timeline           GET  401  401  401  401  401  401  401  401  401
api-1:cases                   GET  401  401  401  401  401  401  401  401  401
api-1:categories              GET  200  200  200  200  200  200  200  200  200
api-1:category                GET  200  200  200  200  200  200  200  200  200
api-1:council                 GET  200  200  200  200  200  200  200  200  200
api-1:measures_list           GET  200  200  200  200  200  200  200  200  200
api-1:measures_one            GET  422  422  422  422  422  422  422  422  422
api-1:neighbours              GET  200  200  200  200  200  200  200  200  200
api-1:openapi-json            GET  200  200  200  200  200  200  200  200  200
api-1:place_at                GET  422  422  422  422  422  422  422  422  422
api-1:places                  GET  422  422  422  422  422  422  422  422  422
api-1:report                  GET  200  200  200  200  200  200  200  200  200
api-1:report_updates          GET  200  200  200  200  200  200  200  200  200
api-1:reports                 GET  200  200  200  200  200  200  200  200  200
api-1:service                 GET  200  200  200  200  200  200  200  200  200
api-1:service_files           POST 401  401  401  401  401  401  401  401  401
api-1:service_schema          GET  200  200  200  200  200  200  200  200  200
api-1:services                GET  200  200  200  200  200  200  200  200  200

bookings:choose               GET  404  200  404  404  404  404  404  404  404
bookings:choose               POST 404  422  404  404  404  404  404  404  404
bookings:close                POST in   403  403  422  422  403  403  422  422
bookings:day                  GET  in   403  403  200  200  200  200  200  200
bookings:days                 GET  in   403  403  200  200  200  200  200  200
bookings:feed                 GET  200  200  200  200  200  200  200  200  200
bookings:give_up              GET  404  to   404  404  404  404  404  404  404
bookings:move                 GET  404  to   404  404  404  404  404  404  404
bookings:new_feed_link        POST in   403  403  403  403  403  403  403  to
bookings:new_resource         GET  in   403  403  403  403  403  403  403  200
bookings:new_resource         POST in   403  403  403  403  403  403  403  422
bookings:none                 POST 404  to   404  404  404  404  404  404  404
bookings:open                 POST in   403  403  to   to   403  403  to   to
bookings:own                  GET  404  404  404  404  404  404  404  404  404
bookings:resource             GET  in   403  403  403  403  403  403  403  200
bookings:resource             POST in   403  403  403  403  403  403  403  422
bookings:resources            GET  in   403  403  403  403  403  403  403  200
bookings:sheet                GET  in   403  403  200  200  200  200  200  200
bookings:wait                 POST 404  to   404  404  404  404  404  404  404

casework:begin                POST in   403  403  to   to   403  to   to   to
casework:caller               POST in   403  403  to   to   403  to   to   to
casework:calls                GET  in   403  403  200  200  403  200  200  200
casework:case                 GET  in   403  403  200  403  403  200  200  200
casework:case held            GET  in   403  403  200  403  403  200  200  200
casework:case_pin             GET  in   403  403  200  403  403  200  200  200
casework:check                POST in   403  403  to   to   403  to   to   to
casework:council              GET  in   403  403  403  403  403  403  403  200
casework:council              POST in   403  403  403  403  403  403  403  422
casework:forget_list          POST in   403  403  to   404  404  404  404  404
casework:join                 POST in   403  403  404  403  403  404  404  404
casework:keep_list            POST in   403  403  to   to   to   to   to   to
casework:move_rule            POST in   403  403  403  403  403  403  403  to
casework:neighbour            GET  in   403  403  403  403  403  403  403  200
casework:neighbour            POST in   403  403  403  403  403  403  403  422
casework:new_neighbour        GET  in   403  403  403  403  403  403  403  200
casework:new_neighbour        POST in   403  403  403  403  403  403  403  422
casework:new_rule             GET  in   403  403  403  403  403  403  403  200
casework:new_rule             POST in   403  403  403  403  403  403  403  422
casework:person               GET  in   403  403  200  200  403  200  200  200
casework:queue                GET  in   403  403  200  200  200  200  200  200
casework:row                  GET  in   403  403  200  204  204  200  200  200
casework:rule                 GET  in   403  403  403  403  403  403  403  200
casework:rule                 POST in   403  403  403  403  403  403  403  422
casework:rules                GET  in   403  403  403  403  403  403  403  200
casework:search               GET  in   403  403  200  200  200  200  200  200
casework:set_task             POST in   403  403  to   403  403  403  to   to
casework:set_up               GET  in   403  403  403  403  403  403  403  200
casework:several              POST in   403  403  to   to   to   to   to   to
casework:sheet                GET  in   403  403  200  200  200  200  200  200
casework:step                 POST in   403  403  422  403  403  422  422  422
casework:take_up              POST in   403  403  to   to   403  to   to   to
casework:tick_task            POST in   403  403  to   403  403  403  to   to
casework:undo                 POST in   403  403  to   to   to   to   to   to
casework:wrap_up              POST in   403  403  to   to   403  to   to   to

rota:board                    GET  in   403  403  200  403  403  200  200  200
rota:change                   POST in   403  403  403  403  403  403  422  422
rota:end_change               POST in   403  403  403  403  403  403  to   to
rota:mine                     GET  in   403  403  200  200  200  200  200  200
rota:new_skill                GET  in   403  403  403  403  403  403  200  200
rota:new_skill                POST in   403  403  403  403  403  403  422  422
rota:person                   GET  in   403  403  403  403  403  403  200  200
rota:person                   POST in   403  403  403  403  403  403  422  422
rota:skill                    GET  in   403  403  403  403  403  403  200  200
rota:skill                    POST in   403  403  403  403  403  403  422  422
rota:skills                   GET  in   403  403  403  403  403  403  200  200
rota:task                     GET  in   403  403  200  403  403  200  200  200
rota:task                     POST in   403  403  422  403  403  422  422  422

demo:start                    GET  200  200  200  200  200  200  200  200  200
demo:start_again              POST to   to   to   to   to   to   to   to   to
demo:walk_in                  POST 404  404  404  404  404  404  404  404  404

design:cluster                GET  404  404  404  404  404  404  404  404  404
design:emblem                 GET  200  200  200  200  200  200  200  200  200
design:parts                  GET  200  200  200  200  200  200  200  200  200
design:pin                    GET  200  200  200  200  200  200  200  200  200
design:theme                  GET  200  200  200  200  200  200  200  200  200

documents:document            GET  200  200  200  200  200  200  200  200  200
documents:document unsent     GET  404  404  404  404  404  404  404  404  404

editor:add                    POST in   403  403  422  403  403  403  422  422
editor:add_booking            POST in   403  403  422  403  403  403  422  422
editor:add_file               POST in   403  403  422  403  403  403  422  422
editor:add_letter             POST in   403  403  422  403  403  403  422  422
editor:add_message            POST in   403  403  422  403  403  403  422  422
editor:add_step               POST in   403  403  422  403  403  403  422  422
editor:begin                  POST in   403  403  404  404  403  403  404  404
editor:bookings               GET  in   403  403  200  403  403  403  200  200
editor:bookings               POST in   403  403  409  403  403  403  409  409
editor:bpmn                   GET  in   403  403  200  403  403  403  200  200
editor:bring                  GET  in   403  403  200  403  403  403  200  200
editor:bring                  POST in   403  403  422  403  403  403  422  422
editor:cases                  GET  in   403  403  403  403  403  403  200  200
editor:cases                  POST in   403  403  403  403  403  403  422  422
editor:check                  POST in   403  403  200  403  403  403  200  200
editor:compare                GET  in   403  403  403  403  403  403  200  200
editor:decide                 POST in   403  403  422  403  403  403  422  422
editor:dmn                    GET  in   403  403  403  403  403  403  200  200
editor:drawing                GET  in   403  403  200  403  403  403  200  200
editor:examples               GET  in   403  403  200  403  403  403  200  200
editor:fares                  GET  in   403  403  403  403  403  403  200  200
editor:fares_sheet            GET  in   403  403  403  403  403  403  200  200
editor:feel                   POST in   403  403  200  403  403  403  200  200
editor:files                  GET  in   403  403  200  403  403  403  200  200
editor:files                  POST in   403  403  409  403  403  403  409  409
editor:folder                 GET  in   403  403  200  403  403  403  200  200
editor:form                   GET  in   403  403  200  403  403  403  200  200
editor:history                GET  in   403  403  200  403  403  403  200  200
editor:index                  GET  in   403  403  200  200  403  403  200  200
editor:letters                GET  in   403  403  200  403  403  403  200  200
editor:letters                POST in   403  403  409  403  403  403  409  409
editor:messages               GET  in   403  403  200  403  403  403  200  200
editor:messages               POST in   403  403  422  403  403  403  422  422
editor:names                  POST in   403  403  409  403  403  403  409  409
editor:new                    GET  in   403  403  200  200  403  403  200  200
editor:new                    POST in   403  403  422  422  403  403  422  422
editor:page                   POST in   403  403  409  403  403  403  409  409
editor:past                   GET  in   403  403  200  403  403  403  200  200
editor:process                GET  in   403  403  200  403  403  403  200  200
editor:question               POST in   403  403  409  403  403  403  409  409
editor:review                 GET  in   403  403  200  403  403  403  200  200
editor:service                GET  in   403  403  200  403  403  403  200  200
editor:service                POST in   403  403  409  403  403  403  409  409
editor:step                   POST in   403  403  409  403  403  403  409  409
editor:table                  POST in   403  403  404  403  403  403  404  404
editor:tables                 GET  in   403  403  200  403  403  403  200  200
editor:try                    GET  in   403  403  200  403  403  403  200  200
editor:try_sheet              GET  in   403  403  200  403  403  403  200  200
editor:undo                   POST in   403  403  to   403  403  403  to   to
editor:versions               GET  in   403  403  200  200  403  403  200  200

geo:describe                  GET  400  400  400  400  400  400  400  400  400
geo:loaded                    GET  in   403  403  403  403  403  403  403  200
geo:picture                   GET  200  200  200  200  200  200  200  200  200
geo:pins                      GET  200  200  200  200  200  200  200  200  200
geo:style                     GET  200  200  200  200  200  200  200  200  200
geo:tile                      GET  200  200  200  200  200  200  200  200  200

identity:add_address          GET  in   200  200  200  200  200  200  200  200
identity:add_address          POST in   422  422  422  422  422  422  422  422
identity:add_app              GET  in   200  200  200  200  200  200  200  200
identity:add_app              POST in   422  422  422  422  422  422  422  422
identity:add_organisation     GET  in   403  403  403  403  403  403  403  200
identity:add_organisation     POST in   403  403  403  403  403  403  403  422
identity:add_person           GET  in   403  403  403  403  403  403  403  200
identity:add_person           POST in   403  403  403  403  403  403  403  422
identity:add_team             GET  in   403  403  403  403  403  403  403  200
identity:add_team             POST in   403  403  403  403  403  403  403  422
identity:again                GET  in   200  200  200  200  200  200  200  200
identity:again                POST in   to   to   422  422  422  422  422  422
identity:app_picture          GET  404  200  200  200  200  200  200  200  200
identity:change_password      GET  in   to   to   200  200  200  200  200  200
identity:change_password      POST in   to   to   422  422  422  422  422  422
identity:changes              GET  in   403  403  403  403  403  403  403  200
identity:code                 GET  in   in   in   in   in   in   in   in   in
identity:end_all_sessions     POST in   in   in   in   in   in   in   in   in
identity:end_key              POST in   403  403  404  404  404  404  404  404
identity:end_person           POST in   403  403  403  403  403  403  403  to
identity:end_session          POST in   404  404  404  404  404  404  404  404
identity:forget_factors       POST in   403  403  403  403  403  403  403  to
identity:give_role            POST in   403  403  403  403  403  403  403  422
identity:keys                 GET  in   403  403  200  200  200  200  200  200
identity:letter               GET  200  200  200  200  200  200  200  200  200
identity:letter               POST 422  422  422  422  422  422  422  422  422
identity:make_passkey         GET  in   200  200  200  200  200  200  200  200
identity:make_passkey         POST in   422  422  422  422  422  422  422  422
identity:new_key              GET  in   403  403  200  200  200  200  200  200
identity:new_key              POST in   403  403  422  422  422  422  422  422
identity:new_password         GET  to   to   to   to   to   to   to   to   to
identity:organisation         GET  in   403  403  403  403  403  403  403  200
identity:organisation         POST in   403  403  403  403  403  403  403  422
identity:organisations        GET  in   403  403  403  403  403  403  403  200
identity:passkey              POST 422  422  422  422  422  422  422  422  422
identity:passkey_ask          GET  200  200  200  200  200  200  200  200  200
identity:password             GET  200  200  200  200  200  200  200  200  200
identity:password             POST 422  422  422  422  422  422  422  422  422
identity:people               GET  in   403  403  403  403  403  403  403  200
identity:person               GET  in   403  403  403  403  403  403  403  200
identity:person               POST in   403  403  403  403  403  403  403  422
identity:post_code            GET  in   403  403  200  200  403  200  200  200
identity:post_code            POST in   403  403  409  409  403  409  409  409
identity:provider             POST 404  404  404  404  404  404  404  404  404
identity:provider_back        GET  404  404  404  404  404  404  404  404  404
identity:recovery_codes       GET  in   to   to   to   to   to   to   to   to
identity:remove_factor        POST in   to   to   to   to   to   to   to   to
identity:second_step          GET  in   in   in   in   in   in   in   in   in
identity:security             GET  in   200  200  200  200  200  200  200  200
identity:sign_in              GET  200  200  200  200  200  200  200  200  200
identity:sign_in              POST 422  422  422  422  422  422  422  422  422
identity:sign_out             POST to   to   to   to   to   to   to   to   to
identity:stay                 POST in   200  200  200  200  200  200  200  200
identity:staff                GET  200  200  200  200  200  200  200  200  200
identity:staff                POST 422  422  422  422  422  422  422  422  422
identity:take_role            POST in   403  403  403  403  403  403  403  to
identity:team                 GET  in   403  403  403  403  403  403  403  200
identity:team                 POST in   403  403  403  403  403  403  403  422
identity:teams                GET  in   403  403  403  403  403  403  403  200

jobs:progress                 GET  in   403  403  403  403  403  403  200  200

live:stream                   GET  204  204  204  204  204  204  204  204  204

mapping:middle                GET  200  200  200  200  200  200  200  200  200
mapping:middle queue          GET  403  403  403  200  200  200  200  200  200
mapping:still                 GET  404  404  404  404  404  404  404  404  404
mapping:tile                  GET  200  200  200  200  200  200  200  200  200
mapping:tile queue            GET  403  403  403  200  200  200  200  200  200

measures:index                GET  200  200  200  200  200  200  200  200  200
measures:one                  GET  200  200  200  200  200  200  200  200  200
measures:sheet                GET  200  200  200  200  200  200  200  200  200

notify:batch                  GET  in   403  403  403  403  403  403  200  200
notify:failed                 GET  in   403  403  403  403  403  403  200  200
notify:hand_over              POST in   403  403  403  403  403  403  to   to
notify:letter                 GET  200  200  200  200  200  200  200  200  200
notify:letter_pdf             GET  200  200  200  200  200  200  200  200  200
notify:mailbox                GET  200  200  200  200  200  200  200  200  200
notify:make_batch             POST in   403  403  403  403  403  403  to   to
notify:mend                   POST in   403  403  403  403  403  403  to   to
notify:undo_mending           POST in   403  403  403  403  403  403  to   to
notify:post                   GET  in   403  403  403  403  403  403  200  200
notify:receipts               POST 403  403  403  403  403  403  403  403  403
notify:wording                GET  in   403  403  403  403  403  403  403  200
notify:wordings               GET  in   403  403  403  403  403  403  403  200

open311:definition            GET  200  200  200  200  200  200  200  200  200
open311:discovery             GET  200  200  200  200  200  200  200  200  200
open311:end_key               POST in   403  403  403  403  403  403  403  to
open311:key                   GET  in   403  403  403  403  403  403  403  200
open311:key                   POST in   403  403  403  403  403  403  403  422
open311:keys                  GET  in   403  403  403  403  403  403  403  200
open311:new_key               GET  in   403  403  403  403  403  403  403  200
open311:new_key               POST in   403  403  403  403  403  403  403  422
open311:openapi               GET  200  200  200  200  200  200  200  200  200
open311:request               GET  200  200  200  200  200  200  200  200  200
open311:requests              GET  200  200  200  200  200  200  200  200  200
open311:services              GET  200  200  200  200  200  200  200  200  200
open311:token                 GET  404  404  404  404  404  404  404  404  404
open311:updates               GET  200  200  200  200  200  200  200  200  200

payments:back                 GET  404  to   404  404  404  404  404  404  404
payments:pay                  GET  404  200  404  404  404  404  404  404  404
payments:pay                  POST 404  to   404  404  404  404  404  404  404
payments:refund               GET  in   403  403  403  404  404  403  200  200
payments:refund               POST in   403  403  403  404  404  403  422  422
payments:sandbox              GET  200  200  200  200  200  200  200  200  200
payments:told                 POST 415  415  415  415  415  415  415  415  415

portal:accessibility          GET  200  200  200  200  200  200  200  200  200
portal:account                GET  in   200  200  200  200  200  200  200  200
portal:api                    GET  200  200  200  200  200  200  200  200  200
portal:contact                GET  200  200  200  200  200  200  200  200  200
portal:details                GET  in   200  200  200  200  200  200  200  200
portal:details                POST in   422  422  422  422  422  422  422  422
portal:everything             GET  in   200  200  200  200  200  200  200  200
portal:home                   GET  200  200  200  200  200  200  200  200  200
portal:message                GET  in   200  404  404  404  404  404  404  404
portal:open_data              GET  200  200  200  200  200  200  200  200  200
portal:preferences            GET  in   200  200  200  200  200  200  200  200
portal:preferences            POST in   422  422  422  422  422  422  422  422
portal:privacy                GET  200  200  200  200  200  200  200  200  200
portal:search                 GET  200  200  200  200  200  200  200  200  200
portal:suggest                GET  200  200  200  200  200  200  200  200  200
portal:which                  GET  200  200  200  200  200  200  200  200  200

privacy:disclosure            GET  in   403  403  403  403  403  403  403  200
privacy:disclosures           GET  in   403  403  403  403  403  403  403  200
privacy:download              GET  in   403  403  403  403  403  403  403  404
privacy:finish                POST in   403  403  403  403  403  403  403  to
privacy:mine                  GET  in   200  200  200  200  200  200  200  200
privacy:register              GET  200  200  200  200  200  200  200  200  200
privacy:retention             GET  in   403  403  403  403  403  403  403  200
privacy:retention             POST in   403  403  403  403  403  403  403  422
privacy:review                POST in   403  403  403  403  403  403  403  to
privacy:run                   POST in   403  403  403  403  403  403  403  to
privacy:start                 POST in   403  403  403  403  403  403  403  to

reports:answer                GET  200  200  200  200  200  200  200  200  200
reports:categories            GET  in   403  403  403  403  403  403  403  200
reports:category              GET  404  200  404  404  404  404  404  404  404
reports:category              POST 404  422  404  404  404  404  404  404  404
reports:check                 GET  404  to   404  404  404  404  404  404  404
reports:confirm               GET  200  200  200  200  200  200  200  200  200
reports:confirm               POST to   to   to   to   to   to   to   to   to
reports:contact               GET  404  to   404  404  404  404  404  404  404
reports:edit_category         GET  in   403  403  403  403  403  403  403  200
reports:edit_category         POST in   403  403  403  403  403  403  403  422
reports:edit_question         GET  in   403  403  403  403  403  403  403  200
reports:edit_question         POST in   403  403  403  403  403  403  403  422
reports:feed                  GET  200  200  200  200  200  200  200  200  200
reports:follow                POST 422  to   to   to   to   to   to   to   to
reports:go_on                 GET  404  to   404  404  404  404  404  404  404
reports:help                  GET  404  200  404  404  404  404  404  404  404
reports:here                  GET  404  to   404  404  404  404  404  404  404
reports:hide_name             POST 404  to   404  404  404  404  404  404  404
reports:index                 GET  200  200  200  200  200  200  200  200  200
reports:kept                  GET  404  200  404  404  404  404  404  404  404
reports:look_at_note          POST in   403  403  to   403  403  403  to   to
reports:mail_link             POST 404  422  404  404  404  404  404  404  404
reports:nearby                GET  404  to   404  404  404  404  404  404  404
reports:new_category          GET  in   403  403  403  403  403  403  403  200
reports:new_category          POST in   403  403  403  403  403  403  403  422
reports:note                  POST 422  422  422  422  422  422  422  422  422
reports:open_data             GET  200  200  200  200  200  200  200  200  200
reports:open_saved            GET  200  200  200  200  200  200  200  200  200
reports:open_saved            POST to   to   to   to   to   to   to   to   to
reports:photos                GET  404  to   404  404  404  404  404  404  404
reports:questions             GET  404  to   404  404  404  404  404  404  404
reports:release               POST in   403  403  to   403  403  403  to   to
reports:remove_photo          POST 404  to   404  404  404  404  404  404  404
reports:report                GET  200  200  200  200  200  200  200  200  200
reports:report held           GET  404  200  404  200  404  404  200  200  200
reports:say                   POST 404  404  404  404  404  404  404  404  404
reports:sent                  GET  404  to   404  404  404  404  404  404  404
reports:start                 GET  200  200  200  200  200  200  200  200  200
reports:start                 POST 422  422  422  422  422  422  422  422  422
reports:stop                  POST to   to   to   to   to   to   to   to   to
reports:unfollow              GET  200  200  200  200  200  200  200  200  200
reports:what                  GET  404  200  404  404  404  404  404  404  404
reports:what                  POST 404  422  404  404  404  404  404  404  404
reports:where                 GET  404  to   404  404  404  404  404  404  404

services:check                GET  in   to   404  404  404  404  404  404  404
services:copy                 GET  404  to   404  404  404  404  404  404  404
services:copy_pdf             GET  404  to   404  404  404  404  404  404  404
services:do                   GET  404  404  404  404  404  404  404  404  404
services:document             GET  404  200  404  404  404  404  404  404  404
services:finish               GET  in   403  403  200  404  404  403  200  200
services:finish               POST in   403  403  422  404  404  403  422  422
services:go_on                GET  in   to   404  404  404  404  404  404  404
services:index                GET  200  200  200  200  200  200  200  200  200
services:jump                 GET  in   403  403  200  404  404  403  200  200
services:jump                 POST in   403  403  422  404  404  403  422  422
services:kept                 GET  in   200  404  404  404  404  404  404  404
services:mail_link            POST in   422  404  404  404  404  404  404  404
services:open_saved           GET  200  200  200  200  200  200  200  200  200
services:open_saved           POST to   to   to   to   to   to   to   to   to
services:page                 GET  in   200  404  404  404  404  404  404  404
services:page                 POST in   422  404  404  404  404  404  404  404
services:partner              GET  404  404  404  404  404  404  404  404  404
services:partner_address      GET  in   403  403  403  403  403  403  403  404
services:partner_tell         GET  404  404  404  404  404  404  404  404  404
services:partners             GET  in   403  403  403  403  403  403  403  200
services:sent                 GET  404  to   404  404  404  404  404  404  404
services:sheet                GET  200  200  200  200  200  200  200  200  200
services:sign                 GET  200  200  200  200  200  200  200  200  200
services:sign                 POST 422  422  422  422  422  422  422  422  422
services:signatory            GET  in   403  403  200  404  404  403  200  200
services:signatory            POST in   403  403  422  404  404  403  422  422
services:signature            GET  404  200  404  404  404  404  404  404  404
services:signature            POST 404  422  404  404  404  404  404  404  404
services:start                GET  200  200  200  200  200  200  200  200  200
services:start                POST to   to   to   to   to   to   to   to   to
services:tasks                GET  in   to   404  404  404  404  404  404  404
services:tell                 GET  in   403  403  200  404  404  403  200  200
services:tell                 POST in   403  403  422  404  404  403  422  422
services:why                  GET  in   403  403  200  404  404  403  200  200

webhooks:hook                 GET  in   403  403  403  403  403  403  403  200
webhooks:hook                 POST in   403  403  403  403  403  403  403  422
webhooks:hooks                GET  in   403  403  403  403  403  403  403  200
webhooks:new_hook             GET  in   403  403  403  403  403  403  403  200
webhooks:new_hook             POST in   403  403  403  403  403  403  403  422
webhooks:new_system           GET  in   403  403  403  403  403  403  403  200
webhooks:new_system           POST in   403  403  403  403  403  403  403  422
webhooks:start_hook           POST in   403  403  403  403  403  403  403  to
webhooks:start_system         POST in   403  403  403  403  403  403  403  to
webhooks:stop_hook            POST in   403  403  403  403  403  403  403  to
webhooks:stop_system          POST in   403  403  403  403  403  403  403  to
webhooks:system               GET  in   403  403  403  403  403  403  403  200
webhooks:system               POST in   403  403  403  403  403  403  403  422
webhooks:test_hook            POST in   403  403  403  403  403  403  403  to
webhooks:test_system          POST in   403  403  403  403  403  403  403  to
"""


@dataclass(frozen=True)
class Row:
    """A method at an address, and the answer to each role."""

    route: str
    method: str
    answers: dict[str, str]

    @property
    def name(self) -> str:
        """The address's own name."""
        return self.route.partition(" ")[0]


def row(line: str) -> Row:
    """A line of the table."""
    words = line.split()
    first = len(words) - len(ROLES)
    return Row(" ".join(words[: first - 1]), words[first - 1], dict(zip(ROLES, words[first:], strict=True)))


ROWS = [row(line) for line in TABLE.splitlines() if line.strip()]
