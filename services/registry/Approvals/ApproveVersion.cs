using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Requests;
using Platform.Registry.Versions;

namespace Platform.Registry.Approvals;

/// <summary>The body of <c>POST /v1/models/{m}/versions/{v}/approvals</c>, which may be absent.</summary>
/// <param name="Reason">Why.</param>
internal sealed record ApproveRequest(string? Reason = null);

/// <summary>Notes that a person approves a version; a second approval by the same person takes the place of the first.</summary>
internal sealed class ApproveVersion(ModelStore models, VersionStore versions, TimeProvider time)
{
    public async Task<Result<Approval>> HandleAsync(
        string model, string version, ApproveRequest request, string actor, CancellationToken cancellationToken)
    {
        var problems = new FieldProblems();
        problems.CheckText("reason", request.Reason);
        if (problems.Any) return problems.ToError();
        return await models.ChangeAsync<Approval>(model, async change =>
        {
            if (!(await versions.FindAsync(change.Model, version, cancellationToken)).Succeeded(out var known, out var error)) return error;
            if (known.Description.CreatedBy == actor) return ApprovalErrors.Own(known.Description.Version, actor);
            var approval = new Approval(actor, time.GetUtcNow(), request.Reason);
            VersionStore.Replace(change, known with { Approvals = [.. known.Approvals.Where(other => other.By != actor), approval] });
            change.Record(new HistoryEntry
            {
                Action = HistoryAction.VersionApproved, Version = known.Description.Version, At = approval.At, By = actor, Reason = request.Reason,
            });
            return approval;
        }, cancellationToken);
    }
}
