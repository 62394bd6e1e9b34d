using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Explainer.Decisions;

/// <summary>Answers name classes themselves. Those that the metadata do not list have the places behind the listed ones, in the order in which they occur.</summary>
/// <param name="meaning">How labels are read.</param>
/// <param name="output">The output that holds them.</param>
internal sealed class LabelDecision(OutputMeaning meaning, TensorSignature output) : Decision
{
    private readonly List<string> _names = [.. meaning.Classes ?? []];
    private readonly Dictionary<string, int> _places = (meaning.Classes ?? []).Index().DistinctBy(name => name.Item).ToDictionary(name => name.Item, name => name.Index);

    public override IReadOnlyList<string> Classes => meaning.Classes ?? [];

    public override string NameOf(int place) => _names[place];

    public override int? Find(string text) => meaning.Classes is null || meaning.Find(text) is not null ? PlaceOf(meaning.ClassOf(text)) : null;

    public override int ColumnOf(int place) => 0;

    protected override int PlaceOf(ReadOnlySpan<double> answer) => PlaceOf(meaning.ClassOf(TextOf(answer[0])));

    private string TextOf(double label) => output.Datatype != "BOOL" ? ScalarText.Of(label) : label == 0 ? "false" : "true";

    private int PlaceOf(string name)
    {
        if (_places.TryGetValue(name, out var place)) return place;
        _names.Add(name);
        return _places[name] = _names.Count - 1;
    }
}
