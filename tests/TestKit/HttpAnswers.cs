using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.TestKit;

/// <summary>Reading HTTP answers in tests.</summary>
public static class HttpAnswers
{
    /// <summary>The body as JSON, after checking the status; a failure shows the body.</summary>
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> request, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await request;
        var body = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 400) Discretion.AssertKept($"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}", body);
        Assert.True(response.StatusCode == expected,
            $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri}: expected {(int)expected}, was {(int)response.StatusCode}: {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Checks that the answer is problem details with this status and code, and returns its detail.</summary>
    public static async Task<string> ProblemAsync(this Task<HttpResponseMessage> request, HttpStatusCode expected, string code)
    {
        using var response = await request;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await Task.FromResult(response).JsonAsync(expected);
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal((int)expected, problem["status"]!.GetValue<int>());
        Assert.NotEmpty(problem["traceId"]!.GetValue<string>());
        return problem["detail"]!.GetValue<string>();
    }
}
