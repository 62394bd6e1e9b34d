using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Policies;
using Platform.Registry.Requests;

namespace Platform.Registry.Gates;

/// <summary>Sets a model's gate policy.</summary>
internal sealed class ChangeGates(ModelStore models, TimeProvider time)
{
    public async Task<Result<GatePolicy>> HandleAsync(string model, GatePolicy policy, string actor, CancellationToken cancellationToken)
    {
        var problems = new FieldProblems();
        policy.Check(problems, "gates");
        if (problems.Any) return problems.ToError();
        return await models.ChangeAsync<GatePolicy>(model, change =>
        {
            change.Model = change.Model with { Gates = policy };
            change.Record(new HistoryEntry { Action = HistoryAction.GatesChanged, At = time.GetUtcNow(), By = actor });
            return policy;
        }, cancellationToken);
    }
}
