charity: hemm
language: en
# The same in English; guidance is offered, volunteering and documents are not.

person: Hello
bot: Assalamu alaikum, and welcome to Hemm Youth Association.
  You are talking to our automatic assistant. We take requests for support and see them through with you, step by step, and our staff are near whenever you need them.
  For your safety: we never ask for a code or a password of Absher, Nafath, a bank or any other app.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Who else can help
  [6] Complaint, suggestion
  [7] Rate our service
  [8] More
presses: Apply for support
bot: Which service do you need?
  [1] Training and skills — Short courses that help young people study and work
  [2] Career guidance — A session on choosing a field of study or looking for work
  [3] Support for an idea — A home and guidance for young people’s projects; with a waiting list
  [4] Support for students — For students on low income, so that they can go on studying
  [5] Summer programme — Activities and skills for young people in the summer break
presses: Career guidance
bot: For “Career guidance” we first need your consent to process data:
  • What: name, ID number and its expiry, a means of contact, residence, and what this service needs.
  • Why: only to study this request and follow it up.
  • Who sees it: only those in the charity who study your request and decide on it.
  • How it is kept: encrypted. A request that is not finished is deleted after 90 days.
  • Your rights: to see, correct and delete it, and to withdraw consent at any time.
  For details, type “privacy”. Do you agree?
  [1] I agree
  [2] I do not agree
  (back) Back
  (pause) Save, finish later
presses: I agree
bot: Who is writing, and who is this request for?
  [1] Me, I am 18 or over
  [2] An adult whom I help
  [3] Someone in my care
  [4] I am under 18
  (back) Back
  (pause) Save, finish later
presses: Me, I am 18 or over
bot: Please type the full name as it stands on the ID.
  (back) Back
  (pause) Save, finish later
person: Maryam Yusuf Idris
bot: What is the number of the national ID or Iqama? It has ten digits.
  If there is only another document, please press “Skip”.
  (skip) Skip
  (back) Back
  (pause) Save, finish later
person: 2456789011
bot: Until when is it valid? Please type the date as it stands there, in either calendar, for example 15/7/1450 or 2/12/2028.
  (back) Back
  (pause) Save, finish later
person: 2/12/2028
bot: We read “ID valid until” as 2 December 2028. If that is not right, please type “back”.
  How shall we make contact about this request? A mobile number, an email address, or here in this chat.
  [1] Here in this chat
  (back) Back
  (pause) Save, finish later
person: maryam@example.com
bot: Where is the home? Please type the city and district, or the short National Address, or send the location.
  (back) Back
  (pause) Save, finish later
person: Jeddah
bot: Please describe the need in a few words, in writing or with a voice note.
  (back) Back
  (pause) Save, finish later
person: I would like advice on choosing a field of study.
bot: Here is everything before you hand it in. Please look it over:
  1. Service: Career guidance
  2. Who it is for: Me, I am 18 or over
  3. Name: Maryam Yusuf Idris
  4. ID number: •••••9011
  5. ID valid until: 2 December 2028
  6. Contact: maryam@example.com
  7. Residence: Jeddah
  8. The need: I would like advice on choosing a field of study.
  If all is right, please press “That is right”. To change an answer, type its number.
  [1] That is right
  (correct) Change an answer
  (back) Back
  (pause) Save, finish later
presses: That is right
bot: Receipt for request W-C96LK-TWT4
  Career guidance, Sunday 4 January 2026 (15 Rajab 1447 AH). The number is preliminary until our staff have looked at the details.
  We study your request, and will contact you with the outcome.
  Please keep the request number. To learn how it stands at any time, type “status”.
  (menu) Menu
person: who else can help
bot: What do you need? We will tell you who offers it.
  [1] Legal advice
  [2] Finding work
  [3] Counselling
  [4] Support with living
  [5] Training and skills
  [6] Career guidance
  [7] Support for students
presses: Finding work
bot: Where are you? Please type the region or city, or send your location so that we show the nearest. If you would rather not say, press “Skip”.
  (skip) Skip
presses: (skip)
bot: For “Finding work” you can turn to these.
  This is information only; we have registered nothing with them in your name. It is best to make sure of the hours before you go.
  Example Agency for Work and Training
  Help with finding work, and courses that prepare for it
  City: Example City
  Address: Trial Street, Example District
  Hours: Sunday to Thursday, 8 am to 2 pm
  What to bring: ID and a CV
  (menu) Menu
person: volunteer
bot: We do not take offers to volunteer here at present. Our staff will gladly answer you about it; type “human”.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
person: documents
bot: There are no documents to send here yet. Our staff will gladly answer what you are looking for; type “human”.
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
person: status
bot: Request for support W-C96LK-TWT4
  State: Received
  We have your request. Our staff will now check the details.
  Is there anything else about your requests?
  [1] Another request
  [2] Withdraw a request
  [3] No, thank you
presses: No, thank you
bot: How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
presses: More
bot: Here is more that we can do.
  [1] العربية
  [2] Places and hours
  [3] My privacy and data
  [4] Donors, partners, others
  [5] Hide this conversation
  [6] Continue elsewhere
  [7] How this works
  [8] Menu
presses: Places and hours
bot: Hours of Hemm Youth Association:
  Sunday to Thursday: 9 am to 4 pm
  Address: Ad-Dilam Governorate, Prince Salman bin Mohammed Road, Ad-Dilam 16323-5699, unit 9
  Telephone: 0552744000
  Email: info@hemm.org.sa
  Website: hemm.org.sa
  How can we help?
  [1] Apply for support
  [2] Check on a request
  [3] Ask a question
  [4] Reach a staff member
  [5] Change my details
  [6] Who else can help
  [7] Complaint, suggestion
  [8] Rate our service
  [9] More
end:
  case W-C96LK-TWT4 support career_guidance submitted flags short_name, ambiguous
  consent application given
