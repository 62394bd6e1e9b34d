using System.Text.RegularExpressions;
using Platform.Hosting.Errors;
using Platform.Monitor.Requests;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Alerts;

/// <summary>What people do with rules.</summary>
internal sealed partial class RuleHandler(LedgerKeeper keeper, AlertEvaluator evaluator)
{
    private const int Most = 1_000;

    public async Task<RulePage> ListAsync(CancellationToken cancellationToken) =>
        new(await keeper.ChangeAsync(ledger => ledger.Rules.All.ToArray(), cancellationToken), null);

    public async Task<Result<AlertRule>> FindAsync(string id, CancellationToken cancellationToken) =>
        await keeper.ChangeAsync(ledger => ledger.Rules.Find(id), cancellationToken) is { } rule ? rule : AlertErrors.UnknownRule(id);

    /// <summary>Sets a rule. It begins anew: how earlier windows met it no longer counts, and its open alerts are resolved.</summary>
    public async Task<Result<AlertRule>> SetAsync(string id, RuleRequest request, string by, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!Id().IsMatch(id))
            errors.Add("id", "Must be 1 to 100 of a-z, 0-9, '.', '_' and '-', beginning with a letter or a digit.");
        request.Check(errors);
        if (errors.Any)
            return errors.ToError();

        var rule = request.ToRule(id);
        var isSet = await keeper.ChangeAsync(ledger => Set(ledger, rule, by), cancellationToken);
        return isSet ? rule : AlertErrors.TooManyRules;
    }

    /// <summary>Takes a rule away, or gives a default one back the form that it came with. Null on success.</summary>
    public Task<Error?> RemoveAsync(string id, string by, CancellationToken cancellationToken) => keeper.ChangeAsync(
        ledger =>
        {
            if (!ledger.Rules.IsSet(id))
                return ledger.Rules.Find(id) is null ? AlertErrors.UnknownRule(id) : AlertErrors.BuiltIn(id);

            ledger.Rules.Remove(id);
            BeginAnew(ledger, id, by);
            return null;
        },
        cancellationToken);

    private bool Set(Ledger ledger, AlertRule rule, string by)
    {
        if (!ledger.Rules.IsSet(rule.Id) && ledger.Rules.SetCount == Most)
            return false;

        ledger.Rules.Set(rule);
        BeginAnew(ledger, rule.Id, by);
        return true;
    }

    private void BeginAnew(Ledger ledger, string rule, string by)
    {
        foreach (var alert in ledger.Alerts.Open.Where(alert => alert.RuleId == rule).ToArray())
            evaluator.Resolve(ledger, alert, by, $"{alert.VersionKey()}: rule {rule} was changed by {by}.", "the rule was changed");
        ledger.Alerts.Forget(rule);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}$(?!\n)")]
    private static partial Regex Id();
}
