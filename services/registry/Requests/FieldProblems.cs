using Platform.Hosting.Errors;

namespace Platform.Registry.Requests;

/// <summary>Collects what is wrong with a request, field by field, so that the caller hears of all of it at once.</summary>
internal sealed class FieldProblems
{
    private const int MaxTextLength = 10_000;
    private const int MaxLabels = 1000;
    private const int MaxPerField = 5;

    private readonly SortedDictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    public bool Any => _fields.Count > 0;

    public void Add(string field, string problem)
    {
        if (!_fields.TryGetValue(field, out var problems)) _fields[field] = problems = [];
        if (problems.Count < MaxPerField) problems.Add(problem);
    }

    public void Require(string field, bool holds, string problem)
    {
        if (!holds) Add(field, problem);
    }

    public void CheckText(string field, string? text) =>
        Require(field, text is null || text.Length <= MaxTextLength, $"must be at most {MaxTextLength} characters long.");

    public void CheckLabels(string field, IReadOnlyDictionary<string, string>? labels)
    {
        if (labels is null) return;
        Require(field, labels.Count <= MaxLabels, $"must be at most {MaxLabels} entries.");
        foreach (var (name, value) in labels)
        {
            Require(field, name.Length is > 0 and <= 250, "names must be 1 to 250 characters long.");
            CheckText($"{field}.{name}", value);
        }
    }

    /// <summary>A 400 that names every field.</summary>
    public Error ToError() => Problems.Invalid(ToFields());

    public IReadOnlyDictionary<string, string[]> ToFields() => _fields.ToDictionary(field => field.Key, field => field.Value.ToArray());
}
