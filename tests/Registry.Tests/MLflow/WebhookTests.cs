using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Registry.MLflow.Webhooks;
using Platform.TestKit;

namespace Platform.Registry.Tests.MLflow;

public sealed class WebhookTests
{
    private readonly ConcurrentQueue<(string Id, string Timestamp, string Signature, string Body)> _heard = new();
    private int _refusals;

    [Fact]
    public async Task Events_are_delivered_in_order_signed_and_again_until_they_are_taken()
    {
        await using var receiver = await ReceiverAsync();
        await using var registry = await RegistryHost.StartAsync(("Registry:MLflow:Webhooks:FirstPause", "00:00:00.010"));
        var mlflow = new MLflowClient(registry.Http);
        await mlflow.PostAsync("webhooks", new
        {
            name = "hook", url = receiver.Address + "hook", secret = "s3cret",
            events = new[] { Event("REGISTERED_MODEL", "CREATED"), Event("MODEL_VERSION", "CREATED"), Event("MODEL_VERSION_TAG", "SET"), Event("MODEL_VERSION_ALIAS", "CREATED"), Event("MODEL_VERSION_ALIAS", "DELETED") },
        });
        _refusals = 2;

        var name = await registry.RegisterWithVersionsAsync(1);
        await mlflow.PostAsync("model-versions/set-tag", new { name, version = "1", key = "k", value = "v" });
        await mlflow.PostAsync("registered-models/alias", new { name, alias = "challenger", version = "1" });
        await mlflow.SendAsync(HttpMethod.Delete, "registered-models/alias", new { name, alias = "challenger" });

        await Eventually.TrueAsync(() => _heard.Count == 7, "two are refused and five delivered");
        var heard = _heard.ToArray();
        Assert.Equal(heard[0].Id, heard[2].Id);
        Assert.All(heard, delivery => Assert.Equal(WebhookClient.Sign("s3cret", delivery.Id, delivery.Timestamp, delivery.Body), delivery.Signature));
        Assert.Equal(
            ["registered_model.created", "model_version.created", "model_version_tag.set", "model_version_alias.created", "model_version_alias.deleted"],
            heard.Skip(2).Select(delivery => JsonNode.Parse(delivery.Body)!).Select(body => $"{body["entity"]}.{body["action"]}"));
        Assert.Equal($$"""{"name":"{{name}}","alias":"challenger","version":"1"}""", JsonNode.Parse(heard[5].Body)!["data"]!.ToJsonString());
    }

    /// <summary>The example of the form that MLflow's signatures follow, worked out by Python's hmac.</summary>
    [Fact]
    public void A_signature_is_the_HMAC_of_id_time_and_body() =>
        Assert.Equal("v1,26pwlE8p4lfI2hZnvDAsYExOsz2j5qWu0P9FqBXV8Fo=", WebhookClient.Sign("secret", "id-1", "1700000000", "{\"a\":1}"));

    [Fact]
    public async Task A_webhook_that_is_tried_says_what_came_of_it()
    {
        await using var receiver = await ReceiverAsync();
        await using var registry = await RegistryHost.StartAsync();
        var mlflow = new MLflowClient(registry.Http);
        var id = (string)(await mlflow.PostAsync("webhooks", new { name = "hook", url = receiver.Address, events = new[] { Event("MODEL_VERSION", "CREATED") } }))["webhook"]!["webhook_id"]!;

        Assert.Equal("""{"result":{"success":true,"response_status":200,"response_body":"thanks"}}""", (await mlflow.PostAsync($"webhooks/{id}/test", new { })).ToJsonString());
        Assert.Equal("", Assert.Single(_heard).Signature);
    }

    [Theory]
    [InlineData("ftp://example.org")]
    [InlineData("http://user:pw@example.org")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/")]
    public async Task An_address_that_may_not_be_called_is_refused(string url)
    {
        await using var registry = await RegistryHost.StartAsync();
        await new MLflowClient(registry.Http).RefusedAsync(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "webhooks",
            new { name = "hook", url, events = new[] { Event("MODEL_VERSION", "CREATED") } });
    }

    private static object Event(string entity, string action) => new { entity, action };

    private Task<TestHost> ReceiverAsync() => TestHost.StartAsync(_ => { }, app => app.MapPost("/{**path}", async (HttpContext context) =>
    {
        using var body = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers;
        _heard.Enqueue((headers["X-MLflow-Delivery-Id"].ToString(), headers["X-MLflow-Timestamp"].ToString(), headers["X-MLflow-Signature"].ToString(), await body.ReadToEndAsync()));
        return Interlocked.Decrement(ref _refusals) >= 0 ? Results.StatusCode(503) : Results.Text("thanks");
    }));
}
