using System.Diagnostics.CodeAnalysis;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;
using Platform.Inference.Jobs;
using Platform.Inference.Models;
using Platform.Inference.Predictions;

namespace Platform.Inference.Scoring;

/// <summary>What the routes of scoring say of themselves beyond their types.</summary>
internal static class ScoringExamples
{
    private const string Id = "0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e";

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Form = """
        {"type":"object","required":["data"],"properties":{
         "data":{"type":"string","format":"binary","description":"The file: CSV with a header row, or a JSON object a line, in UTF-8. Its format is told by its name or its media type."},
         "format":{"type":"string","description":"csv or ndjson, where neither tells."}}}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Request = """{"data":"age,purpose\n44,car\n","format":"csv"}""";

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Queued = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","model":"credit","version":"3","state":"queued","rowsDone":0,"rowsFailed":0,"errorsLeftOut":0,
         "rowsTotal":null,"etaSeconds":null,"createdAt":"2026-03-04T05:06:07.089+00:00","finishedAt":null,"error":null}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Running = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","model":"credit","version":"3","state":"running","rowsDone":409600,"rowsFailed":12,"errorsLeftOut":0,
         "rowsTotal":1000000,"etaSeconds":14.4,"createdAt":"2026-03-04T05:06:07.089+00:00","finishedAt":null,"error":null}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Cancelled = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","model":"credit","version":"3","state":"cancelled","rowsDone":409600,"rowsFailed":12,"errorsLeftOut":0,
         "rowsTotal":1000000,"etaSeconds":null,"createdAt":"2026-03-04T05:06:07.089+00:00","finishedAt":"2026-03-04T05:06:19.101+00:00",
         "error":{"status":409,"code":"inference.job_cancelled","detail":"The job was cancelled."}}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Errors = """{"items":[{"row":17,"field":"age","problem":"must be a number, or null where it is missing."}],"next":null}""";

    public static RouteHandlerBuilder DescribeSubmission(this RouteHandlerBuilder route) => route
        .WithDescription("""
            multipart/form-data with the file as the part data: CSV with a header row, or a JSON object a line. Its columns are the model's features by their names,
            categories by theirs, missing values empty or null; other columns are carried into the result. The query parameter version takes a number or an
            alias; without it the champion scores. Which version that is, is settled when the file comes. Rows wait behind all other requests. A bad row is
            reported and the others go on; a file that lacks a feature, or cannot be read to its end, fails before its first row is scored. A process that dies
            loses nothing: another one goes on behind the last part that was stored.
            """)
        .WithBody(Form, "multipart/form-data")
        .WithRequestExample(Request, "multipart/form-data")
        .WithResponseExample(StatusCodes.Status202Accepted, Queued)
        .WithLocation(StatusCodes.Status202Accepted)
        .Refuses(
            ScoringErrors.NotMultipart, ScoringErrors.UnknownFormat, ScoringErrors.TooLarge(64 << 20), ScoringErrors.TooSlow(TimeSpan.FromHours(1)), ModelErrors.UnknownModel("credit"),
            PredictionErrors.RowsUnsupported("credit", "it takes no inputs."), ScoringErrors.Full, ModelErrors.RegistryAway);

    public static RouteHandlerBuilder DescribeReading(this RouteHandlerBuilder route) => route
        .WithResponseExample(StatusCodes.Status200OK, Running)
        .Refuses(JobErrors.Unknown(Id));

    public static RouteHandlerBuilder DescribeCancelling(this RouteHandlerBuilder route) => route
        .WithDescription("A job that runs stops behind the rows that it is at; its result is removed, its errors can be read on. Cancelling it again changes nothing.")
        .WithResponseExample(StatusCodes.Status200OK, Cancelled)
        .Refuses(JobErrors.Unknown(Id), JobErrors.Finished(WorkState.Succeeded));

    public static RouteHandlerBuilder DescribeWatching(this RouteHandlerBuilder route) => route
        .WithDescription("One event for the job as it is and one when parts have been stored since, at most five a second, named by the state, with the job as its data; the stream ends with the job.")
        .WithEventStream("the job, as GET /v1/scoring-jobs/{id} answers it; its id is the revision and its name the job's state")
        .Refuses(JobErrors.Unknown(Id));

    public static RouteHandlerBuilder DescribeResult(this RouteHandlerBuilder route) => route
        .WithDescription("""
            By Accept a Parquet file (application/vnd.apache.parquet), as without one, or text/csv where that is wanted more, with the file's rows in their order: its columns, prediction_id,
            error (what is wrong with the row), class, score, value, and the outputs, a column for each class by its name. Cells of CSV are as they are: nothing is
            done about those that a spreadsheet takes for formulas.
            """)
        .WithAnswer(StatusCodes.Status200OK, """{"type":"string","format":"binary"}""", ScoringEndpoints.Parquet)
        .WithAnswer(StatusCodes.Status200OK, """{"type":"string"}""", ScoringEndpoints.Csv)
        .Refuses(JobErrors.Unknown(Id), ScoringErrors.NoResult(WorkState.Running));

    public static RouteHandlerBuilder DescribeErrors(this RouteHandlerBuilder route) => route
        .WithDescription("""
            By row, counted from 0 without a header, and feature; field is null where it is the whole row. Those that are known so far, 10,000 of a job by default:
            the job's errorsLeftOut counts the others.
            """)
        .WithResponseExample(StatusCodes.Status200OK, Errors)
        .Refuses(JobErrors.Unknown(Id), Problems.Invalid("after must be the next of an earlier page."));
}
