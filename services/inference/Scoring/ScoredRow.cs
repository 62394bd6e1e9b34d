using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Scoring;

/// <summary>A row of the file and what has come of it.</summary>
internal sealed class ScoredRow(FileRow file)
{
    private readonly List<ScoringProblem> _problems = file.Problem is { } problem ? [new(file.Number, null, problem)] : [];
    private bool _isDone;

    public FileRow File => file;

    /// <summary>What is wrong with it; empty where nothing is.</summary>
    public IReadOnlyList<ScoringProblem> Problems => _problems;

    /// <summary>Its answer, as a call by feature name has it; none before.</summary>
    public JsonElement? Answer { get; private set; }

    /// <summary>Whether nothing has come of it yet.</summary>
    public bool IsOpen => !_isDone && Answer is null && _problems.Count == 0;

    public void Take(JsonElement answer) => Answer = answer;

    /// <summary>Leaves the answer, which stands in the result.</summary>
    public void Drop() => (Answer, _isDone) = (null, true);

    public void Refuse(string? field, string problem) => _problems.Add(new(file.Number, field, problem));
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The row's place in the file, from 0, a header not counted.</param>
/// <param name="Field">The feature; null where it is the whole row.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record ScoringProblem(long Row, string? Field, string Problem)
{
    /// <summary>As the result's column <c>error</c> has it.</summary>
    [JsonIgnore]
    public string Text => Field is null ? $"The row {Problem}" : $"{Field}: {Problem}";
}
