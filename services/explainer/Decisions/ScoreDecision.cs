using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Explainer.Decisions;

/// <summary>Scores decide among classes: of two by the threshold, of several the highest.</summary>
/// <param name="meaning">How scores are read.</param>
/// <param name="width">How many there are.</param>
internal sealed class ScoreDecision(OutputMeaning meaning, int width) : Decision
{
    private readonly ClassNames _names = new(
        [.. Enumerable.Range(0, Math.Max(meaning.Classes?.Count ?? 0, meaning.Task == ModelTask.Binary ? 2 : width)).Select(meaning.ClassAt)],
        meaning.ClassAt(meaning.PositiveIndex));

    public override IReadOnlyList<string> Classes => _names.Names;

    public override string NameOf(int place) => meaning.ClassAt(place);

    public override int? Find(string text) => _names.Find(text);

    public override int ColumnOf(int place) => place < width ? place : 0;

    protected override int PlaceOf(ReadOnlySpan<double> answer) => meaning.Decide(answer).Place;
}
