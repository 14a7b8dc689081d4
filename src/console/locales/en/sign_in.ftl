# The door: signing in, links, the second factor.

sign-in-title = Sign in
sign-in = Sign in
sign-in-help = Forgotten your password? An administrator can send you a new link.
sign-in-wrong = Name or password is not right. Please check both.
sign-in-ended = Your session has ended. Please sign in again.
sign-in-ended-draft = Your session has ended. What you wrote is kept: sign in and send it.
account-name = Account name
account-name-hint = Letters, digits and . _ - @, without spaces. You sign in with it.
password-label = Password
password-new = Choose a password
password-again = The same password again
password-current = Current password
password-hint = At least 12 characters. Four words that do not belong together are easy to remember.
password-short = The password is too short: at least 12 characters.
password-long = The password is too long.
password-plain = This password is easy to guess: it repeats few characters, or holds your name.
password-differs = The two passwords differ.
password-wrong = The current password is not right.
name-unfit = The account name has 3 to 40 letters, digits or . _ - @, without spaces.
title-missing = Please write your name.
own-title = Your name
own-title-hint = As colleagues know you.

first-title = There is no administrator yet
first-words = When the server starts it prints a link with which the first administrator is made. It is good once, for 24 hours; a restart prints a new one.

code-title = One more step
code-words = Please enter the code that your app shows now, or one of your recovery codes.
code-label = Code
code-hint = Six digits from the app, or a recovery code such as ab2c-3d4e.
code-send = Go on
code-other = Sign in as somebody else
code-wrong = This code is not right, or was used already. Please wait for the next one.

draft-title = You are signed in again
draft-words = This was not sent when your session ended. Nothing has been done yet.
draft-send = Send it now
draft-drop = Drop it

welcome-setup-title = The first administrator
welcome-setup-words = With this account you invite everybody else. Afterwards your phone becomes your second factor.
welcome-invite-title = Welcome
welcome-invite-words = { $name }, you have been invited to the charity's console. Please choose a password.
welcome-reset-title = A new password
welcome-reset-words = { $name }, please choose a new password. All your open sessions end.
welcome-go = Go on

enrol-title = Second factor
enrol-words = Besides the password, a code from your phone proves that it is you. Administrators need it; it protects everybody.
enrol-app = Open an authenticator app on your phone, such as Aegis, 2FAS or Google Authenticator.
enrol-scan = Scan this picture with it.
enrol-picture = QR code with the secret for your app
enrol-type = I cannot scan: show the secret
enrol-code = Enter the six digits that the app shows.
enrol-label = Code from the app
enrol-replaces = The new app replaces the one you have; your other sessions end.
enrol-go = Confirm

codes-title = Recovery codes
codes-done = The second factor is on.
codes-words = If your phone is lost, each of these codes lets you in once. Print them or write them down, and keep them apart from the phone.
codes-once = They are shown this once.
codes-go = I have kept them
