namespace Platform.Import;

/// <summary>A server has refused a request.</summary>
/// <param name="code">MLflow's code, such as RESOURCE_DOES_NOT_EXIST; the HTTP status where it gave none.</param>
/// <param name="message">Why.</param>
internal sealed class MLflowException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public bool IsNotFound => Code is "RESOURCE_DOES_NOT_EXIST" or "NotFound";
}
