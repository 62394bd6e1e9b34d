using System.Diagnostics.CodeAnalysis;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;
using Platform.Inference.Callbacks;
using Platform.Inference.Models;
using Platform.Inference.Predictions;

namespace Platform.Inference.Jobs;

/// <summary>What the routes of jobs say of themselves beyond their types.</summary>
internal static class JobExamples
{
    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Request = """
        {"inputs":[{"name":"input","shape":[1,2],"datatype":"FP32","data":[0.5,1.5]}],"parameters":{"priority":1}}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Receipt = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","state":"queued"}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string Job = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","predictionId":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","model":"credit","version":"3",
         "state":"succeeded","attempts":1,"createdAt":"2026-03-04T05:06:07.089+00:00","finishedAt":"2026-03-04T05:06:07.101+00:00",
         "result":{"model_name":"credit","model_version":"3","parameters":{"prediction_id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e"},"outputs":[{"name":"probabilities","datatype":"FP32","shape":[1,2],"data":[0.3,0.7]}]},
         "error":null,"callback":null}
        """;

    [StringSyntax(StringSyntaxAttribute.Json)]
    private const string CancelledJob = """
        {"id":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","predictionId":"0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e","model":"credit","version":null,
         "state":"cancelled","attempts":0,"createdAt":"2026-03-04T05:06:07.089+00:00","finishedAt":"2026-03-04T05:06:09.101+00:00",
         "result":null,"error":{"status":409,"code":"inference.job_cancelled","detail":"The job was cancelled."},"callback":null}
        """;

    public static RouteHandlerBuilder DescribeSubmission(this RouteHandlerBuilder route) => route
        .WithDescription("""
            The body is that of an infer request, as JSON alone, or rows by feature name (PredictionRequest), whose result is of that form too
            (PredictionResponse); it is checked before the job is accepted, and its parameter priority
            (1 is the most urgent) counts in the model's queue. With an Idempotency-Key a repeated submission is the same job; with another
            body, version, callback or prediction id the key is refused. The callback is sent the finished job by POST, signed, until it answers with 2xx. The query parameter version takes a number
            or an alias; without it the champion answers. Which version that is, is settled when the job is accepted; where versions share the requests, the
            headers x-route-key and x-route choose as they do for an infer request. The same can be had by publishing SubmitPrediction, whose job goes to the
            version that serves when it runs.
            """)
        .WithBody("""{"$ref":"#/components/schemas/InferRequest"}""")
        .WithRequestExample(Request)
        .WithResponseExample(StatusCodes.Status202Accepted, Receipt)
        .WithLocation(StatusCodes.Status202Accepted)
        .Refuses(
            PredictionErrors.Malformed("Input 'input': 'data' has 1 elements, but the shape asks for 2."),
            PredictionErrors.RowsInvalid(new Dictionary<string, string[]> { ["rows[0].age"] = ["is missing."] }), PredictionErrors.RowsUnsupported("credit", "it takes no inputs."),
            JobErrors.BadKey, JobErrors.BinaryOutput, CallbackErrors.Refused("10.0.0.1 is a private address."), PredictionErrors.BadPredictionId,
            ModelErrors.UnknownModel("credit"), PredictionErrors.BodyTooLarge(4 << 20), PredictionErrors.UnknownCoding("br"), JobErrors.KeyReused,
            JobErrors.QueueFull, PredictionErrors.Busy, ModelErrors.RegistryAway, BadRequests.NotJson);

    public static RouteHandlerBuilder DescribeReading(this RouteHandlerBuilder route) => route
        .WithResponseExample(StatusCodes.Status200OK, Job)
        .Refuses(JobErrors.Unknown("0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e"));

    public static RouteHandlerBuilder DescribeCancelling(this RouteHandlerBuilder route) => route
        .WithDescription("A job that runs is cancelled as well: its answer, if it comes, counts for nothing. Cancelling it again changes nothing.")
        .WithResponseExample(StatusCodes.Status200OK, CancelledJob)
        .Refuses(JobErrors.Unknown("0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e"), JobErrors.Finished(WorkState.Succeeded));

    public static RouteHandlerBuilder DescribeWatching(this RouteHandlerBuilder route) => route
        .WithDescription("One event for the job as it is and one for each change, named by the state, with the job as its data; the stream ends with the job.")
        .WithEventStream("the job, as GET /v1/jobs/{id} answers it; its id is the revision and its name the job's state")
        .Refuses(JobErrors.Unknown("0195a6d4-5b1f-7c3a-9e0d-2b6f8a4c1d3e"));
}
