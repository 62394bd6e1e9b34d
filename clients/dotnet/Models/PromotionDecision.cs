using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>What was decided about a promotion under way.</summary>
/// <param name="At">When.</param>
/// <param name="Step">In which step, counted from 1.</param>
/// <param name="Verdict">advance, wait, pause or rollback.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Measures">The numbers.</param>
public sealed record PromotionDecision(DateTimeOffset At, int Step, string Verdict, string Reason, IReadOnlyList<JsonObject> Measures);

/// <summary>What a step will probably need to be decided.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Weight">The share of requests that the version gets in it.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="ChallengerSamples">The samples of the version; null where that cannot be said yet.</param>
/// <param name="Power">The chance that so many suffice if both versions are equally good.</param>
public sealed record ExpectedSamples(int Step, double Weight, string Measure, long? ChallengerSamples, double Power);
