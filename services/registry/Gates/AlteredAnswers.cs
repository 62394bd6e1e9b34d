using Platform.Registry.Policies;
using Platform.Statistics.Performance;

namespace Platform.Registry.Gates;

/// <summary>How a version answers reference rows that are changed a little.</summary>
/// <param name="Signs">For each sign that the policy expects, the answers before and after; or why there are none.</param>
/// <param name="Missing">Answers before and after a feature is taken away; null where the policy does not ask for it.</param>
/// <param name="Perturbed">Answers before and after all numbers are disturbed; null where the policy does not ask for it.</param>
internal sealed record AlteredAnswers(IReadOnlyList<SignAnswers> Signs, SteadyAnswers? Missing, SteadyAnswers? Perturbed);

/// <summary>What an expected sign is measured by.</summary>
/// <param name="Expected">What the policy expects.</param>
/// <param name="Steps">For each row how far the answer moved when the feature rose.</param>
/// <param name="Problem">Why there are none; null where there are.</param>
internal sealed record SignAnswers(ExpectedSign Expected, IReadOnlyList<double> Steps, string? Problem);

/// <summary>Answers to the same rows before and after a change.</summary>
/// <param name="Pairs">One pair for each row that was changed.</param>
/// <param name="Problem">Why there are none; null where there are.</param>
internal sealed record SteadyAnswers(IReadOnlyList<(Prediction Before, Prediction After)> Pairs, string? Problem);
