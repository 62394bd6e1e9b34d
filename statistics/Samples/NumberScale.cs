namespace Platform.Statistics.Samples;

/// <summary>
/// Puts two samples, of which one holds whole numbers that a double does not tell apart, on a scale of doubles that does: by how far they
/// are from the middle of the reference. Two numbers so far from it that they would be one double are made two that follow each other:
/// ranks and ties are exact, and distances right to a double's last digits.
/// </summary>
public sealed class NumberScale
{
    private readonly ExactNumber _origin;
    private readonly List<double> _places = [];
    private readonly List<ExactNumber> _numbers = [];

    private NumberScale(NumericalSample reference, NumericalSample current)
    {
        _origin = reference.Count > 0 ? reference[reference.Count / 2] : current[current.Count / 2];
        var (ofReference, ofCurrent) = (new double[reference.Count], new double[current.Count]);
        for (int i = 0, j = 0; i < reference.Count || j < current.Count;)
        {
            var isReference = j == current.Count || (i < reference.Count && reference[i].CompareTo(current[j]) <= 0);
            var place = Place(isReference ? reference[i] : current[j]);
            if (isReference)
                ofReference[i++] = place;
            else
                ofCurrent[j++] = place;
        }

        (Reference, Current) = (reference.At(ofReference), current.At(ofCurrent));
    }

    public NumericalSample Reference { get; }

    public NumericalSample Current { get; }

    /// <summary>The scale for the samples; null where doubles tell all their numbers apart.</summary>
    public static NumberScale? For(NumericalSample reference, NumericalSample current) =>
        reference.IsWide || current.IsWide ? new(reference, current) : null;

    /// <summary>
    /// The number at a place. Where that lies between two of the numbers, and a double does not hold what does, it is the whole number below:
    /// of whole numbers the same ones are at most that.
    /// </summary>
    public ExactNumber NumberAt(double place)
    {
        var at = _places.BinarySearch(place);
        if (at >= 0)
            return _numbers[at];

        var number = _origin.High + place;
        return Math.Abs(number) >= NumericalSample.MostExact && _origin.Whole is { } origin ? ExactNumber.Of(origin + (Int128)Math.Floor(place)) : number;
    }

    // Numbers come in ascending order.
    private double Place(ExactNumber number)
    {
        if (_numbers.Count > 0 && _numbers[^1] == number)
            return _places[^1];

        var place = number.Less(_origin);
        if (_places.Count > 0 && place <= _places[^1])
            place = Math.BitIncrement(_places[^1]);
        _numbers.Add(number);
        _places.Add(place);
        return place;
    }
}
