using System.Globalization;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Collects what is wrong with a query.</summary>
internal sealed class QueryProblems
{
    private readonly Dictionary<string, string[]> _fields = [];

    /// <summary>All of it; null where nothing is wrong.</summary>
    public Error? Error => _fields.Count == 0 ? null : Problems.Invalid(_fields);

    public void OneOf(string field, string? value, IReadOnlyList<string> known) =>
        Require(value is null || known.Contains(value), field, $"It is one of {string.Join(", ", known)}.");

    public void Within(string field, long? value, long least, long most) => Require(
        value is null || (value >= least && value <= most), field, string.Create(CultureInfo.InvariantCulture, $"It is a number from {least} to {most}."));

    public void Distinct(string field, IReadOnlyList<int>? values) =>
        Require(values is null || values.Distinct().Count() == values.Count, field, "One is named twice.");

    public void Require(bool holds, string field, string problem)
    {
        if (!holds) _fields.TryAdd(field, [problem]);
    }
}
