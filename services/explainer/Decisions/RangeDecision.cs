namespace Platform.Explainer.Decisions;

/// <summary>A number is within a range or outside of it.</summary>
/// <param name="range">The range.</param>
/// <param name="column">The number that is compared with it.</param>
internal sealed class RangeDecision(NumberRange range, int column) : Decision
{
    public override NumberRange Range => range;

    public override string? NameOf(int place) => null;

    public override int? Find(string text) => null;

    public override int ColumnOf(int place) => column;

    protected override int PlaceOf(ReadOnlySpan<double> answer) => range.Holds(answer[column]) ? Within : 0;
}
