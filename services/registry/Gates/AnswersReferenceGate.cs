using System.Text.Json;
using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>The gate <c>answers_reference</c>: the version answers every reference row, and no answer is NaN or infinite.</summary>
internal static class AnswersReferenceGate
{
    public const string Gate = "answers_reference";

    public static GateRecord NoReference { get; } = Record(0, 0, "The version has no reference dataset.");

    public static GateRecord Of(ReferenceAnswers answers, int rows) => Record(answers.Answered, rows - answers.Skipped, answers switch
    {
        { Problem: { } problem } => problem,
        { Skipped: > 0 } => $"All rows are answered, but {answers.Skipped} that lack a value which the input's type cannot leave out.",
        _ => "All rows are answered with finite numbers.",
    });

    public static GateRecord NotMeasured(int rows, string reason) => Record(null, rows, reason);

    private static GateRecord Record(int? answered, int required, string detail) => new()
    {
        Gate = Gate,
        Passed = answered == required,
        Measured = answered is null ? null : JsonSerializer.SerializeToElement(answered),
        Required = JsonSerializer.SerializeToElement(required),
        Detail = detail,
    };
}
