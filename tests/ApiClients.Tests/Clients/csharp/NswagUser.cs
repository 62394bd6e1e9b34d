using Generated.Nswag;

internal static class NswagUser
{
    public static async Task RunAsync(string address, string model, float[] applicant)
    {
        using var http = new HttpClient();
        var api = new PlatformClient(http) { BaseUrl = address };
        var request = new InferRequest
        {
            Inputs = [new InferInput { Name = "input", Datatype = Datatype.FP32, Shape = [1, applicant.Length], Data = [.. applicant.Cast<object>()] }],
        };

        var answer = await api.InferAsync(model, null, null, null, null, null, request);
        Console.WriteLine($"infer {answer.Outputs.Single().Data.Count} {answer.Parameters.Prediction_id.Length > 0}");

        var receipt = await api.SubmitJobAsync(model, null, null, null, null, request);
        var job = await api.GetJobAsync(receipt.Id);
        for (; job.State is JobViewState.Queued or JobViewState.Running; job = await api.GetJobAsync(receipt.Id)) await Task.Delay(50);
        Console.WriteLine($"job {job.State} {job.Result.Outputs.Single().Data.Count}");

        var explanation = await api.CreateExplanationAsync(model, null, null, null, null, new ExplanationRequest
        {
            Inputs = [new InputTensor { Name = "input", Datatype = InputTensorDatatype.FP32, Shape = [1, applicant.Length], Data = [.. applicant.Cast<object>()] }],
            Method = ExplanationRequestMethod.Permutation,
            Budget = 500,
        });
        Console.WriteLine($"explanation {explanation.Method} {explanation.Rows.Single().Attributions.Count}");

        var found = await api.GetMonitoringAsync(model, null, null, null, 5, null, null);
        var window = found.Windows.Last();
        Console.WriteLine($"monitoring {found.Baseline.Features.Count} {window.Drift.Features.Count} {window.Count}");

        try
        {
            await api.GetModelAsync("no-such-model");
        }
        catch (ApiException<Problem> problem)
        {
            Console.WriteLine($"problem {problem.Result.Code}");
        }
    }
}
