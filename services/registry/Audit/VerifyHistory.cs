using Platform.Hosting.Errors;
using Platform.Registry.History;
using Platform.Registry.Models;

namespace Platform.Registry.Audit;

/// <summary>Proves of the histories that they are those that were recorded.</summary>
internal sealed class VerifyHistory(ModelStore models, HistoryStore history)
{
    /// <summary>Of one model.</summary>
    public async Task<Result<AuditReport>> HandleAsync(string model, CancellationToken cancellationToken)
    {
        if (!(await models.FindAsync(model, cancellationToken)).Succeeded(out var found, out var error)) return error;
        var (check, bad) = await CheckAsync(found, cancellationToken);
        return new AuditReport(bad is null, 1, check.Entries, check.Unhashed, bad);
    }

    /// <summary>Of all models, those included that have been deleted.</summary>
    public async Task<AuditReport> HandleAsync(CancellationToken cancellationToken)
    {
        var report = new AuditReport(true, 0, 0, 0, null);
        await foreach (var model in models.ReadAllAsync(cancellationToken))
        {
            var (check, bad) = await CheckAsync(model, cancellationToken);
            report = new AuditReport(
                report.Valid && bad is null, report.Models + 1, report.Entries + check.Entries, report.Unhashed + check.Unhashed, report.FirstBad ?? bad);
        }
        return report;
    }

    private async Task<(ChainCheck Check, BadEntry? Bad)> CheckAsync(Model model, CancellationToken cancellationToken)
    {
        var check = new ChainCheck(model);
        // What is recorded from now on belongs to a later state of the model.
        await foreach (var entry in history.ReadStoredAsync(model.Name, cancellationToken).Take(model.HistoryLength))
            if (check.Next(entry) is { } bad) return (check, bad);
        return (check, check.End());
    }
}
