vcl 4.1;
# Varnish in front of the content API: stores what may be stored, drops it by tag, and serves old answers while the site
# is down, but never what was withdrawn. Needs Varnish 7 and the module xkey (Debian: varnish, varnish-modules), and
#   HEALTH_CONTENT = {"CACHE_TAG_HEADER": "xkey", "PURGERS": {"varnish": {"BACKEND": "varnish", "URL": "http://…/"}}}

import std;
import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 10s;
}

# Who may purge: the machines that the site runs on.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.restarts == 0) {
        # Only ours to set.
        unset req.http.X-Coding;
    }
    if (req.method == "PURGE") {
        if (!client.ip ~ purgers) {
            return (synth(403, "Forbidden"));
        }
        if (req.http.xkey-purge) {
            return (synth(200, "Purged " + xkey.purge(req.http.xkey-purge)));
        }
        if (req.http.xkey-softpurge) {
            return (synth(200, "Purged " + xkey.softpurge(req.http.xkey-softpurge)));
        }
        # By address, as Wagtail's own backend does: for pages, where you store them.
        return (purge);
    }

    # Only the content API: what else the site answers depends on cookies. The prefix is where you mount it.
    if (req.url !~ "^/api/content/v1(/|$)" && req.url !~ "^/llms\.txt$") {
        return (pass);
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # Previews, and whoever says who they are.
    if (req.url ~ "^/api/content/v1/preview(/|$)" || req.http.Authorization) {
        return (pass);
    }
    unset req.http.Cookie;

    # One address for one answer: parameters in order, and the closing slash.
    set req.url = std.querysort(req.url);
    if (req.url ~ "^[^?]*/[^/.?]+(\?|$)") {
        set req.url = regsub(req.url, "^([^?]*)", "\1/");
    }
    # Only Markdown makes a difference.
    if (req.http.Accept !~ "text/markdown") {
        unset req.http.Accept;
    }
    # The site compresses once; what Varnish itself would pack or unpack is not what ETag and Content-Digest are of.
    if (req.http.Accept-Encoding ~ "(^|[ ,])br([ ,;]|$)" && req.http.Accept-Encoding !~ "br; ?q=0(\.0*)?([ ,]|$)") {
        set req.http.X-Coding = "br";
    } elsif (req.http.Accept-Encoding ~ "(^|[ ,])gzip([ ,;]|$)" && req.http.Accept-Encoding !~ "gzip; ?q=0(\.0*)?([ ,]|$)") {
        set req.http.X-Coding = "gzip";
    } else {
        set req.http.X-Coding = "identity";
    }
    # How long an old answer may be used while a new one is fetched; the rest of its grace is for when the site is down.
    if (req.restarts == 0) {
        set req.grace = 60s;
        unset req.http.X-Site-Down;
    }
    return (hash);
}

sub vcl_hash {
    # Varnish by itself takes all codings for one answer.
    hash_data(req.http.X-Coding);
}

sub vcl_backend_fetch {
    if (bereq.http.X-Coding) {
        set bereq.http.Accept-Encoding = bereq.http.X-Coding;
    }
    unset bereq.http.X-Coding;
    unset bereq.http.X-Site-Down;
}

sub vcl_backend_response {
    # A site in trouble replaces nothing that is stored.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    # What must not outlive its time gets none: Varnish would add ten seconds of its own.
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.Cache-Control ~ "stale-while-revalidate=[0-9]+") {
        set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, ".*stale-while-revalidate=([0-9]+).*", "\1s"), 0s);
        # For asking again with If-None-Match.
        set beresp.keep = 1h;
    }
    if (beresp.http.Cache-Control ~ "stale-if-error=[0-9]+") {
        set beresp.grace = std.duration(regsub(beresp.http.Cache-Control, ".*stale-if-error=([0-9]+).*", "\1s"), 0s);
    }
}

sub vcl_deliver {
    # No new answer: once more, and now an old one will do, for as long as stale-if-error says.
    if (resp.status >= 500 && req.http.X-Coding && !req.http.X-Site-Down) {
        set req.http.X-Site-Down = "yes";
        set req.grace = 100d;
        return (restart);
    }
    # For you to look at; readers need neither.
    if (obj.hits > 0) {
        set resp.http.X-Cache = "hit";
    } else {
        set resp.http.X-Cache = "miss";
    }
    unset resp.http.xkey;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
