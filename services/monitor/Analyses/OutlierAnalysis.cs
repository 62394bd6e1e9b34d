using Platform.Hosting.Errors;
using Platform.Monitor.Outliers;
using Platform.Monitor.Requests;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Analyses;

/// <summary>Finds the rows of a request that are unlike others.</summary>
internal static class OutlierAnalysis
{
    private const int MostColumns = 200;

    // Beyond, squares and their sums are no numbers any more.
    private const double Largest = 1e100;

    public static Result<OutlierAnswer> Run(OutlierRequest request)
    {
        var errors = new FieldErrors();
        var method = OutlierCatalogue.Find(request.Method);
        if (method is null)
            errors.Add("method", $"Must be one of {string.Join(", ", OutlierCatalogue.Ids)}.");
        var columns = request.Train is [{ Length: > 0 and <= MostColumns } first, ..] ? first.Length : 0;
        var train = Rows(request.Train, "train", 2, method?.MostTrainRows, columns, errors);
        var test = Rows(request.Test, "test", 1, method?.MostTestRows, columns, errors);
        Check(request.Parameters ?? new(), errors);
        if (errors.Any)
            return errors.ToError();

        var found = method!.Find(train, test, request.Parameters ?? new());
        return new OutlierAnswer(method.Id, Array.ConvertAll(found.Scores, Finite.OrNull), found.Outliers, found.Threshold, found.Rule);
    }

    private static double[][] Rows(IReadOnlyList<double[]?>? rows, string field, int least, int? most, int columns, FieldErrors errors)
    {
        if (rows is null || rows.Count < least || rows.Count > (most ?? int.MaxValue))
        {
            errors.Add(field, most is null ? $"At least {least} rows are needed." : $"At least {least} rows are needed, and at most {most} are possible.");
            return [];
        }

        for (var row = 0; row < rows.Count && !errors.IsFull; row++)
            CheckRow(rows[row], $"{field}[{row}]", columns, errors);
        return [.. rows.OfType<double[]>()];
    }

    private static void CheckRow(double[]? row, string field, int columns, FieldErrors errors)
    {
        if (row is null || row.Length != columns || columns == 0)
            errors.Add(field, columns == 0 ? $"A list of 1 to {MostColumns} numbers is needed." : $"As many numbers as in the first row are needed, {columns}.");
        else if (!Array.TrueForAll(row, value => Math.Abs(value) <= Largest))
            errors.Add(field, "The numbers must lie between -1e100 and 1e100.");
    }

    private static void Check(OutlierParameters parameters, FieldErrors errors)
    {
        if (parameters.Trees is < 1 or > OutlierParameters.MostTrees)
            errors.Add("parameters.trees", $"Must be 1 to {OutlierParameters.MostTrees}.");
        if (parameters.SampleSize is < 2 or > OutlierParameters.MostSampled)
            errors.Add("parameters.sampleSize", $"Must be 2 to {OutlierParameters.MostSampled}.");
        if (!(parameters.Contamination is null or (> 0 and < 0.5)))
            errors.Add("parameters.contamination", "Must be above 0 and below 0.5.");
        if (!(parameters.Nu is null or (> 0 and <= 1)))
            errors.Add("parameters.nu", "Must be above 0 and at most 1.");
        if (!(parameters.Gamma is null or (> 0 and <= Largest)))
            errors.Add("parameters.gamma", "Must be above 0.");
    }
}
