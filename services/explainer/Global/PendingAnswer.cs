namespace Platform.Explainer.Global;

/// <summary>An explanation that is not finished yet; the same address answers it once it is.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="State">running.</param>
/// <param name="Evaluations">Rows that the model has answered so far.</param>
/// <param name="EvaluationsPlanned">The most that it will be asked; null where that is not known.</param>
internal sealed record PendingAnswer(string Model, string State, long Evaluations, long? EvaluationsPlanned)
{
    public const string Running = "running";

    /// <summary>202, for a caller who is to ask the same again in a second.</summary>
    public static IResult Write(string model, GlobalComputation computation, HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        var work = computation.Work;
        return TypedResults.Accepted(
            $"{context.Request.Path}{context.Request.QueryString}",
            new PendingAnswer(model, Running, work.Done, work.Planned == 0 ? null : work.Planned));
    }
}
