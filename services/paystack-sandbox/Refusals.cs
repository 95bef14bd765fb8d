using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// What Paystack says when it refuses: status, message, code and next step as documented or observed. Messages that nobody has
/// published are ours and say so.
/// </summary>
internal static class Refusals
{
    const string PassValid = "Ensure that the value(s) you're passing are valid.";

    public static Answer InvalidKey() => Answer.Refuse(401, "Invalid key", "invalid_Key",
        "Ensure that you provide the correct authorization key for the request");

    public static Answer DuplicateReference() => Answer.Refuse(400, "Duplicate Transaction Reference", "duplicate_reference",
        "Try and create the Transaction or Charge with a new reference");

    /// <summary>Observed as 400 and as 404: a switch decides.</summary>
    public static Answer ReferenceNotFound(int httpStatus) =>
        Answer.Refuse(httpStatus, "Transaction reference not found.", "transaction_not_found",
        "Ensure that you're passing the reference of a transaction that exists on this integration");

    public static Answer TransactionNotFound() => Answer.Refuse(404, "Transaction not found", "transaction_not_found",
        "Ensure that you're passing the id of a transaction that exists on this integration");

    public static Answer ChargeReferenceInvalid() => Answer.Refuse(400, "Transaction reference is invalid", "invalid_params", PassValid);

    public static Answer Missing(string message) => Answer.Refuse(400, message, "missing_params", "Provide all required params");

    public static Answer InvalidEmail() => Answer.Refuse(400, "Invalid Email Address Passed", "invalid_email_address",
        "Ensure that the email address is valid");

    public static Answer UnsupportedCurrency() => Answer.Refuse(400, "Currency not supported by merchant", "unsupported_currency",
        "Ensure the currency is enabled on your integration");

    public static Answer AmountNotInteger() => Answer.Refuse(400, "\"amount\" must be an integer", "invalid_amount", PassValid);

    public static Answer AmountInvalid() => Answer.Refuse(400, "Invalid Amount Sent", "invalid_amount", PassValid);

    /// <summary>The minimums are published, the wording of their refusal is not.</summary>
    public static Answer AmountBelowMinimum(long minimum, string currency) => Answer.Refuse(400,
        $"The minimum amount you may charge is {Currencies.Display(minimum, currency)}", "invalid_amount", PassValid);

    public static Answer Invalid(string message) => Answer.Refuse(400, message, "invalid_params", PassValid);

    public static Answer FullyReversed() =>
        Answer.Refuse(400, "Transaction has been fully reversed", "transaction_reversed", PassValid, "api_error");

    /// <summary>404 of anything that has a name: "Split not found" and the like.</summary>
    public static Answer NotFound(string what) => Answer.Refuse(404, what + " not found", "not_found", PassValid);

    public static Answer BearerInvalid() =>
        Invalid("Invalid bearer type : must be one of: subaccount, account, all-proportional or all");

    public static Answer PushInvalid() => new(StatusCodes.Status400BadRequest, new JsonObject
    {
        ["status"] = false, ["message"] = "The push notification ID provided is invalid",
        ["data"] = new JsonObject { ["code"] = "INVALID_PUSH_ID" },
    });

    public static Answer RefundNotFound() => Answer.Refuse(404, "Refund not found", "not_found", PassValid);

    public static Answer RefundNotRetryable() => Answer.Refuse(422,
        "Invalid Refund state, refund status should be \"needs-attention\"", "invalid_params", PassValid);
}
