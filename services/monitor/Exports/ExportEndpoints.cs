using System.Globalization;
using Microsoft.Net.Http.Headers;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Search;

namespace Platform.Monitor.Exports;

internal static class ExportEndpoints
{
    private const string Parquet = "application/vnd.apache.parquet";
    private const string Lines = "application/x-ndjson";
    private const string Next = "x-next";
    private const string Dropped = "x-dropped";
    private const string DroppedDescription =
        "How many predictions the file lacks, as their records cannot be read; the monitor's log names them. Absent where there are none.";

    private const string NextDescription = "Pass it as after for what follows; absent where nothing does.";

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models/{model}/predictions.parquet", PredictionsAsync)
            .RequirePermission(Permission.Observe).WithName("ExportPredictions").WithTags("Records")
            .WithSummary("The last predictions of a version as a Parquet file, the newest first: a row for each row of a request.")
            .WithDescription("""
                A column for each feature by its name, for each score by its class, and class, score, value, time, status, latency_ms and more. Features
                that the version hides are missing or hashes, as they are in the log. What ./dev export writes has the same columns, and is not bounded.
                """)
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","format":"binary"}""", Parquet)
            .WithAnswerHeader(StatusCodes.Status200OK, Next, NextDescription)
            .WithAnswerHeader(StatusCodes.Status200OK, Dropped, DroppedDescription)
            .Refuses(
                MonitoringErrors.UnknownModel("credit"), MonitoringErrors.UnknownVersion("credit", "9"), MonitoringErrors.NothingServes("credit"),
                SearchErrors.Indexing, MonitoringErrors.RegistryAway, Problems.Invalid("limit: Must be 1 to 10000."));
        routes.MapGet("/v1/models/{model}/labels", LabelsAsync)
            .RequirePermission(Permission.Observe).WithName("ExportLabels").WithTags("Records")
            .WithSummary("The labels of a model's last predictions, whichever way they came, in the order in which they became known.")
            .WithDescription("""
                By Accept lines of JSON (application/x-ndjson), or a Parquet file (application/vnd.apache.parquet): predictionId, version, label, at, source and
                by. Of several labels of a prediction it has the one that counts. Labels of predictions that are not known are not in it.
                """)
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","description":"A label a line."}""", Lines)
            .WithAnswer(StatusCodes.Status200OK, """{"type":"string","format":"binary"}""", Parquet)
            .WithAnswerHeader(StatusCodes.Status200OK, Next, NextDescription)
            .Refuses(
                MonitoringErrors.UnknownModel("credit"), MonitoringErrors.UnknownVersion("credit", "9"), MonitoringErrors.RegistryAway,
                Problems.Invalid("source: Must be one of ground_truth, feedback, review."));
    }

    private static async Task<IResult> PredictionsAsync(
        string model, [AsParameters] ExportQuery query, HttpContext context, PredictionExport export, CancellationToken cancellationToken) =>
        (await export.PrepareAsync(model, query, cancellationToken)).ToHttp(found =>
        {
            SetNext(context, found.Next);
            if (found.Dropped > 0)
                context.Response.Headers[Dropped] = found.Dropped.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Stream(target => found.WriteAsync(target, cancellationToken), Parquet, $"{model}.parquet");
        });

    private static async Task<IResult> LabelsAsync(
        string model, [AsParameters] LabelQuery query, HttpContext context, LabelExport export, CancellationToken cancellationToken) =>
        (await export.ReadAsync(model, query, cancellationToken)).ToHttp(page =>
        {
            SetNext(context, page.Next);
            context.Response.Headers.Vary = HeaderNames.Accept;
            return WantsTable(context.Request)
                ? TypedResults.Stream(target => LabelFile.WriteTableAsync(page.Items, target, cancellationToken), Parquet)
                : TypedResults.Stream(target => LabelFile.WriteLinesAsync(page.Items, target, cancellationToken), Lines);
        });

    private static bool WantsTable(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(Parquet, StringComparison.OrdinalIgnoreCase));

    private static void SetNext(HttpContext context, string? next)
    {
        if (next is not null)
            context.Response.Headers[Next] = next;
    }
}
