using WebWaka.CellKit;

namespace WebWaka.Identity;

/// <summary>Every problem that identity can answer, beside the common ones.</summary>
internal static class Problems
{
    public static readonly Problem WrongCredentials = new(
        "wrong_credentials", 400, "The e-mail or the password is wrong, or too many tries were made and it is locked for a while");
    public static readonly Problem RefreshTokenInvalid = new("refresh_token_invalid", 400, "The refresh token does not hold any more: sign in again");
    public static readonly Problem ClientUnknown = new("client_unknown", 401, "The client or its secret is wrong");
    public static readonly Problem GrantUnsupported = new("grant_unsupported", 400, "This way of getting a token is not supported");
    public static readonly Problem TenantSuspended = new("tenant_suspended", 403, "This shop is suspended");
    public static readonly Problem SlugTaken = new("slug_taken", 409, "Another shop has this address");
    public static readonly Problem SlugReserved = new("slug_reserved", 400, "This address is reserved");
    public static readonly Problem CountryUnknown = new("country_unknown", 400, "There is no country pack for this country yet");
    public static readonly Problem CodeTaken = new("code_taken", 409, "This code is in use or was");
    public static readonly Problem EmailTaken = new("email_taken", 409, "Somebody of this shop has this e-mail address");
    public static readonly Problem RoleUnknown = new("role_unknown", 400, "There is no such role");
    public static readonly Problem MoreThanYours = new("more_than_yours", 403, "Nobody can give, take or change permissions that they do not have");
    public static readonly Problem LastOwner = new("last_owner", 409, "A shop needs an active owner: make another first");
}
