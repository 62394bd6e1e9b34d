namespace Platform.Monitor.Detectors;

/// <summary>
/// The drift detection method by Hoeffding's bound, test A (Frías-Blanco and others 2015): an alarm where the error rate of all outcomes lies above that of
/// the first ones, up to where it was surely lowest, by more than the bound allows. It supposes nothing of the errors but that they are independent.
/// </summary>
internal sealed class HddmA : IErrorDetector
{
    public const string Name = "hddm_a";

    // The paper's experiments have 0.001, at which one outcome in two being an error gives an alarm in 40,000.
    private const double Confidence = 0.0003;

    private static readonly double CutBound = Math.Log(1 / Confidence) / 2;
    private static readonly double AlarmBound = Math.Log(2 / Confidence) / 2;

    private double _count;
    private double _errors;
    private double _lowCount;
    private double _lowErrors;

    public string Id => Name;

    public bool Add(bool wrong)
    {
        _count++;
        _errors += wrong ? 1 : 0;
        if (_lowCount == 0 || Highest(_errors, _count) <= Highest(_lowErrors, _lowCount))
            (_lowCount, _lowErrors) = (_count, _errors);
        var allowed = Math.Sqrt((_count - _lowCount) / (_lowCount * _count) * AlarmBound);
        if (_count == _lowCount || _errors / _count - _lowErrors / _lowCount < allowed)
            return false;

        Restore([0, 0, 0, 0]);
        return true;
    }

    public double[] Save() => [_count, _errors, _lowCount, _lowErrors];

    public void Restore(IReadOnlyList<double> saved) => (_count, _errors, _lowCount, _lowErrors) = (saved[0], saved[1], saved[2], saved[3]);

    // What the true rate is, at most, but for the confidence.
    private static double Highest(double errors, double count) => errors / count + Math.Sqrt(CutBound / count);
}
