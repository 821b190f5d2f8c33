# The settings that the answers were recorded with.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "terraform_data" "later" {}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "123456789012"
  secret_key                  = "nobody"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  endpoints {
    ec2 = "http://127.0.0.1:9"
    eks = "http://127.0.0.1:9"
    iam = "http://127.0.0.1:9"
    ssm = "http://127.0.0.1:9"
    sts = "http://127.0.0.1:9"
  }
}

provider "aws" {
  alias                       = "tagged"
  region                      = "eu-west-1"
  access_key                  = "123456789012"
  secret_key                  = "nobody"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
  default_tags {
    tags = {
      Owner = "platform"
      Stage = "prod"
    }
  }
  ignore_tags {
    keys         = ["Seen"]
    key_prefixes = ["aws:"]
  }
}
