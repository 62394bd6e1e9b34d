using Platform.Monitor.Detectors;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests.Detectors;

/// <summary>Simulated outcomes: errors that come with one rate and, from a row on, with another.</summary>
internal static class Streams
{
    public static TheoryData<string> Ids
    {
        get
        {
            var ids = new TheoryData<string>();
            foreach (var id in DetectorCatalogue.Ids)
                ids.Add(id);
            return ids;
        }
    }

    public static IErrorDetector Create(string id) => DetectorCatalogue.CreateAll().Single(detector => detector.Id == id);

    public static IEnumerable<bool> Outcomes(int seed, int rows, double rate, int changesAt = int.MaxValue, double rateAfter = 0)
    {
        var random = new Random(seed);
        for (var row = 0; row < rows; row++)
            yield return random.NextDouble() < (row < changesAt ? rate : rateAfter);
    }

    /// <summary>The rows, counted from 1, at which the detector gives an alarm.</summary>
    public static List<int> Alarms(this IErrorDetector detector, IEnumerable<bool> outcomes)
    {
        var (alarms, row) = (new List<int>(), 0);
        foreach (var wrong in outcomes)
        {
            row++;
            if (detector.Add(wrong))
                alarms.Add(row);
        }

        return alarms;
    }
}
