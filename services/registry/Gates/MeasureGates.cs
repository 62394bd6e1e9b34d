using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Registry.Policies;
using Platform.Registry.Scoring;

namespace Platform.Registry.Gates;

/// <summary>
/// Tries a version out once, and holds what that has shown against a model's policy and the version that serves: anew where they have changed
/// meanwhile.
/// </summary>
internal sealed class MeasureGates(
    GateRunner runner, IncumbentTrial incumbents, AlteredRowsTrial alterations, IEnumerable<IGate> gates, IOptions<GateOptions> options)
{
    /// <summary>Tries the version out, in a process of its own.</summary>
    public Task<Measurement> TryAsync(ModelVersionDescription version, GatePolicy policy, CancellationToken cancellationToken) =>
        runner.MeasureAsync(version, policy.Latency is null ? 0 : options.Value.TimedCalls, cancellationToken);

    /// <summary>What every gate says of it.</summary>
    public async Task<IReadOnlyList<GateRecord>> JudgeAsync(
        ModelVersionDescription version, Measurement trial, GateTerms terms, CancellationToken cancellationToken)
    {
        var subject = await AskIncumbentAsync(await AskAlteredAsync(Describe(version, trial, terms), trial, cancellationToken), cancellationToken);
        return [.. trial.Records, .. gates.SelectMany(gate => gate.Measure(subject))];
    }

    private GateCase Describe(ModelVersionDescription version, Measurement trial, GateTerms terms) => new()
    {
        Version = version,
        Terms = terms,
        Answers = trial.Predictions is { } answers && terms.Policy.AsksAnswers && runner.OwnRows(version) is { Path: { } rows }
            ? AnsweredRowsReader.Read(version, rows, runner.PathOf(answers))
            : null,
        MinLabelled = options.Value.MinLabelled,
        Latency = trial.Latency,
    };

    private async Task<GateCase> AskAlteredAsync(GateCase subject, Measurement trial, CancellationToken cancellationToken) =>
        subject.Terms.Policy.AsksAlteredRows && trial.Predictions is not null && runner.OwnRows(subject.Version) is { Path: { } rows }
            ? subject with { Altered = await alterations.AskAsync(subject.Version, rows, subject.Terms.Policy, cancellationToken) }
            : subject;

    private async Task<GateCase> AskIncumbentAsync(GateCase subject, CancellationToken cancellationToken)
    {
        if (!subject.Terms.Policy.AsksIncumbent || subject.Answers is null) return subject;
        if (subject.Terms.Incumbent is not { } incumbent || incumbent.Version == subject.Version.Version) return subject;
        var (answers, problem) = await incumbents.AskAsync(incumbent, subject.Version, cancellationToken);
        return subject with { IncumbentAnswers = answers, IncumbentProblem = problem };
    }
}
