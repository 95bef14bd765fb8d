using Microsoft.AspNetCore.Http;

namespace WebWaka.CellKit;

/// <summary>The problems that any Cell can answer. A Cell's own are in its Problems.cs.</summary>
public static class CommonProblems
{
    public static readonly Problem MalformedRequest = new("malformed_request", StatusCodes.Status400BadRequest, "The request cannot be read");
    public static readonly Problem InvalidRequest = new("invalid_request", StatusCodes.Status400BadRequest, "The request is not valid");
    public static readonly Problem IdempotencyKeyMissing = new("idempotency_key_missing", StatusCodes.Status400BadRequest, "The header Idempotency-Key is required", "Send a key of 1 to 200 visible characters, made once and kept with the request.");
    public static readonly Problem CardNumberRefused = new(
        "card_number_refused", StatusCodes.Status400BadRequest, "This looks like a card's number, which is kept nowhere");
    public static readonly Problem NotSignedIn = new("not_signed_in", StatusCodes.Status401Unauthorized, "A valid access token is required");
    public static readonly Problem TokenExpired = new("token_expired", StatusCodes.Status401Unauthorized, "The access token has expired");
    public static readonly Problem Forbidden = new("forbidden", StatusCodes.Status403Forbidden, "Your permissions do not allow this");
    public static readonly Problem NotFound = new("not_found", StatusCodes.Status404NotFound, "There is no such thing here");
    public static readonly Problem MethodNotAllowed = new(
        "method_not_allowed", StatusCodes.Status405MethodNotAllowed, "This address does not answer that method");
    public static readonly Problem AlreadyExists = new("already_exists", StatusCodes.Status409Conflict, "Something with this identity is already stored");
    public static readonly Problem VersionMoved = new("version_moved", StatusCodes.Status412PreconditionFailed, "It has been changed since you read it");
    public static readonly Problem BodyTooLarge = new("body_too_large", StatusCodes.Status413PayloadTooLarge, "The request body is too large");
    public static readonly Problem UnsupportedMediaType = new(
        "unsupported_media_type", StatusCodes.Status415UnsupportedMediaType, "The body must be application/json");
    public static readonly Problem IdempotencyKeyReused = new(
        "idempotency_key_reused", StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used with another body");
    public static readonly Problem IfMatchRequired = new(
        "if_match_required", StatusCodes.Status428PreconditionRequired, "The header If-Match with the ETag you read is required");
    public static readonly Problem TooManyRequests = new("too_many_requests", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly Problem InternalError = new("internal_error", StatusCodes.Status500InternalServerError, "Something went wrong on our side");
    public static readonly Problem BadGateway = new("bad_gateway", StatusCodes.Status502BadGateway, "A service behind this address did not answer");
    public static readonly Problem TryAgain = new("try_again", StatusCodes.Status503ServiceUnavailable, "Not available right now: try again with the same id");
    public static readonly Problem Timeout = new("timeout", StatusCodes.Status504GatewayTimeout, "No answer in time: try again with the same id");

    private static readonly Problem[] All =
    [
        MalformedRequest, NotSignedIn, Forbidden, NotFound, MethodNotAllowed, BodyTooLarge, UnsupportedMediaType, TooManyRequests,
        InternalError, BadGateway, TryAgain, Timeout,
    ];

    /// <summary>The problem that stands for a bare status code.</summary>
    public static Problem ForStatus(int status) =>
        Array.Find(All, problem => problem.Status == status) ?? new Problem("http_" + status, status, "The request was not answered");
}
