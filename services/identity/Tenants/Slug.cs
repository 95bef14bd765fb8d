using System.Collections.Frozen;
using System.Text.RegularExpressions;
using WebWaka.CellKit;

namespace WebWaka.Identity.Tenants;

/// <summary>A tenant's host label: 3 to 40 of a-z, 0-9 and hyphens, none at the ends, and none that is or may become ours.</summary>
internal static partial class Slug
{
    private static readonly FrozenSet<string> Reserved = (
        "www api app apps admin administrator root system internal operator ops status health docs doc help support blog news about " +
        "auth login signin signup sign-up register account accounts identity oauth connect token id sso security abuse billing pay " +
        "payment payments paystack webhook webhooks gateway transaction transactions history inventory promotions tax offline sync " +
        "web cdn static assets files images media img mail email smtp imap pop ftp sftp ssh vpn ns1 ns2 dns mx autoconfig autodiscover " +
        "localhost local test staging stage dev development prod production sandbox dashboard console metrics grafana prometheus " +
        "traces logs webwaka platform tenant tenants store stores shop shops partner partners postmaster hostmaster webmaster").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static Problem? Check(string slug) =>
        !Form().IsMatch(slug) ? CommonProblems.InvalidRequest.With("slug: 3 to 40 of a-z, 0-9 and hyphens, no hyphen at the ends")
        // xn-- begins a label that browsers show in another script.
        : Reserved.Contains(slug) || slug.StartsWith("xn--", StringComparison.Ordinal) ? Problems.SlugReserved
        : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
