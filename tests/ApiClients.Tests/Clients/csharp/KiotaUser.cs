using Generated.Kiota;
using Generated.Kiota.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;

internal static class KiotaUser
{
    public static async Task RunAsync(string address, string model, float[] applicant)
    {
        using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider()) { BaseUrl = address };
        var api = new PlatformClient(adapter);
        var data = new UntypedArray([.. applicant.Select(value => new UntypedFloat(value))]);
        var request = new InferRequest { Inputs = [new InferInput { Name = "input", Datatype = Datatype.FP32, Shape = [1, applicant.Length], Data = data }] };

        var answer = (await api.V2.Models[model].Infer.PostAsync(request))!;
        Console.WriteLine($"infer {Count(answer.Outputs!)} {answer.Parameters!.PredictionId!.Length > 0}");

        var receipt = (await api.V1.Models[model].Jobs.PostAsync(request))!;
        var job = (await api.V1.Jobs[receipt.Id!].GetAsync())!;
        for (; job.State is JobView_state.Queued or JobView_state.Running; job = (await api.V1.Jobs[receipt.Id!].GetAsync())!) await Task.Delay(50);
        Console.WriteLine($"job {job.State} {Count(job.Result!.Outputs!)}");

        var explanation = (await api.V1.Models[model].Explanations.PostAsync(new ExplanationRequest
        {
            Inputs = [new InputTensor { Name = "input", Datatype = InputTensor_datatype.FP32, Shape = [1, applicant.Length], Data = data }],
            Method = ExplanationRequest_method.Permutation,
            Budget = 500,
        }))!;
        Console.WriteLine($"explanation {explanation.Method} {((UntypedArray)explanation.Rows!.Single().Attributions!).GetValue().Count()}");

        var found = (await api.V1.Models[model].Monitoring.GetAsync(call => call.QueryParameters.Limit = 5))!;
        var window = found.Windows!.Last();
        Console.WriteLine($"monitoring {found.Baseline!.Features!.Count} {window.Drift!.Features!.Count} {window.Count}");

        try
        {
            await api.V1.Models["no-such-model"].GetAsync();
        }
        catch (Problem problem)
        {
            Console.WriteLine($"problem {problem.Code}");
        }
    }

    private static int Count(List<InferOutput> outputs) => ((UntypedArray)outputs.Single().Data!).GetValue().Count();
}
