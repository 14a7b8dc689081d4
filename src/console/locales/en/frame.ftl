# What stands around every page, and what goes wrong.

nav-label = Console
nav-menu = Menu
nav-skip = To the content
nav-work = Work
nav-home = Home
nav-own = My account
other-language = العربية
sign-out = Sign out

home-hello = Welcome, { $name }
home-nothing = Nothing is assigned to your role yet. An administrator can change that.

ago-now = now
ago-minutes = { $n ->
    [one] 1 minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] 1 hour ago
   *[other] { $n } hours ago
}
ago-days = { $n ->
    [one] 1 day ago
   *[other] { $n } days ago
}
count-people = { $n ->
    [0] Nobody
    [one] 1 person
   *[other] { $n } people
}

wrong-missing = There is no such page, or it is not yours to see.
wrong-link = This link was used already, or is too old. Please ask for a new one.
wrong-bad = Something was missing from what was sent. Please go back and try again.
wrong-too-large = That is more than a form may hold.
wrong-changed = Somebody else changed this meanwhile. Please go back and look again.
wrong-unsafe = Others could read your password here: this page is not encrypted. Open the console by https, or on the server itself.
wrong-often = { $n ->
    [one] Too many attempts. Please wait one second.
   *[other] Too many attempts. Please wait { $n } seconds.
}
wrong-busy = The database cannot be reached at the moment. Nothing was changed; please try again in a moment.
wrong-fault = Something went wrong on our side. Nothing was changed.
wrong-home = To the console
