//! How the picture looks: colours that still tell apart in grey, on white paper.

/// Of the classes: `k` a node with its kind, `p` personal, `x` sensitive, `q` conditional; `f` its body, `e` lines on
/// it; `s t n` its texts; `y o c r` lines and `ay ao ac ar` their arrows; `l w` words on lines; `h b` the title.
pub const STYLE: &str = "\
text{font-family:'Noto Sans Arabic','Noto Naskh Arabic','Segoe UI',Tahoma,'Geeza Pro','DejaVu Sans',sans-serif;fill:#1f2933}\
.m{text-anchor:middle}\
.h{font-size:22px;font-weight:700}.b{font-size:11px;fill:#64748b}\
.s,.n,.l{font-size:11px}.t{font-size:13.5px}.s{fill:#64748b}.n{fill:#92400e}.l{fill:#334155}\
.w{fill:#fff;stroke:#cbd5e1;stroke-width:.8}\
.f{fill:#f8fafc;stroke:#64748b;stroke-width:1.3;stroke-linejoin:round}.e{fill:none;stroke:#64748b;stroke-width:1.1}\
.say .f{fill:#f1f5f9;stroke:#94a3b8}\
.ask .f,.choose .f,.locate .f{fill:#eff6ff;stroke:#3b82f6}\
.attach .f,.attach .e{fill:#eff6ff;stroke:#3b82f6}\
.branch .f{fill:#fef9c3;stroke:#ca8a04}\
.consent .f{fill:#dcfce7;stroke:#16a34a}\
.review .f,.sign .f,.survey .f{fill:#f5f3ff;stroke:#7c3aed}.review .e{stroke:#7c3aed}\
.submit .f,.look_up .f{fill:#ccfbf1;stroke:#0d9488}.submit .e,.look_up .e{stroke:#0d9488}\
.hand_over .f,.guide .f{fill:#ffedd5;stroke:#ea580c}\
.act .f{fill:#f1f5f9;stroke:#475569}\
.start .f{fill:#0f766e;stroke:#0f766e}.start text{fill:#fff}\
.end .f{fill:#334155;stroke:#334155}.end text{fill:#fff}\
.dialog .f,.dialog .e{fill:#fff;stroke:#334155}\
.form .f,.form .e{fill:#eff6ff;stroke:#3b82f6}.talk .f{fill:#f8fafc;stroke:#64748b}\
.p .f{stroke:#4338ca;stroke-width:2}.p .e{stroke:#4338ca}.x .f{fill:#ffe4e6;stroke:#be123c;stroke-width:3}.x .e{stroke:#be123c}\
.q .f{stroke-dasharray:6 4}\
.g circle{fill:#4338ca;stroke:#fff;stroke-width:1.5}.g path{fill:#fff}.g.x circle{fill:#be123c}\
.y,.o,.c,.r{fill:none;stroke-width:1.5}\
.y{stroke:#475569}.ay{fill:#475569}\
.o{stroke:#94a3b8;stroke-dasharray:3 4}.ao{fill:#94a3b8}\
.c{stroke:#475569;stroke-dasharray:8 3 2 3}.ac{fill:#475569}\
.r{stroke:#c2410c;stroke-width:1.8;stroke-dasharray:8 4}.ar{fill:#c2410c}";

/// Head and shoulders, around the middle of a badge.
pub const PERSON: &str =
    "M0 -5.6a2.6 2.6 0 1 1 0 5.2a2.6 2.6 0 1 1 0 -5.2ZM-5 5.2c0 -3.4 2.2 -4.8 5 -4.8s5 1.4 5 4.8Z";

/// A lock with its bow.
pub const LOCK: &str =
    "M-4.6 -0.8h9.2v6h-9.2ZM-3 -0.8v-1.6a3 3 0 0 1 6 0v1.6h-1.6v-1.6a1.4 1.4 0 0 0 -2.8 0v1.6Z";
