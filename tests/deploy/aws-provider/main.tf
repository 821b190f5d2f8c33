terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

# Set by a step that changes everything that is changed in place.
variable "changed" {
  type    = bool
  default = false
}

locals {
  word = var.changed ? "second" : "first"
  tags = { Name = local.word }
}

resource "aws_vpc_ipam" "main" {
  description = local.word
  tags        = local.tags
  operating_regions {
    region_name = "eu-west-1"
  }
  dynamic "operating_regions" {
    for_each = var.changed ? ["eu-central-1"] : []
    content {
      region_name = operating_regions.value
    }
  }
}

resource "aws_vpc_ipam_scope" "other" {
  ipam_id     = aws_vpc_ipam.main.id
  description = local.word
}

resource "aws_vpc_ipam_pool" "top" {
  description    = local.word
  address_family = "ipv4"
  ipam_scope_id  = aws_vpc_ipam.main.private_default_scope_id
  tags           = local.tags
}

resource "aws_vpc_ipam_pool_cidr" "top" {
  ipam_pool_id = aws_vpc_ipam_pool.top.id
  cidr         = "10.64.0.0/10"
}

resource "aws_vpc_ipam_pool" "region" {
  description                       = local.word
  address_family                    = "ipv4"
  ipam_scope_id                     = aws_vpc_ipam.main.private_default_scope_id
  source_ipam_pool_id               = aws_vpc_ipam_pool.top.id
  locale                            = "eu-west-1"
  allocation_default_netmask_length = var.changed ? 22 : 20
  allocation_min_netmask_length     = 16
  allocation_max_netmask_length     = 28
  depends_on                        = [aws_vpc_ipam_pool_cidr.top]
}

resource "aws_vpc_ipam_pool_cidr" "region" {
  ipam_pool_id   = aws_vpc_ipam_pool.region.id
  netmask_length = 12
}

resource "aws_vpc_ipam_pool_cidr_allocation" "spare" {
  ipam_pool_id   = aws_vpc_ipam_pool.region.id
  netmask_length = 24
  description    = "spare"
  depends_on     = [aws_vpc_ipam_pool_cidr.region]
}

resource "aws_vpc" "main" {
  ipv4_ipam_pool_id    = aws_vpc_ipam_pool.region.id
  ipv4_netmask_length  = 20
  enable_dns_hostnames = var.changed
  tags                 = local.tags
  depends_on           = [aws_vpc_ipam_pool_cidr.region]
}

resource "aws_vpc_ipv4_cidr_block_association" "second" {
  vpc_id              = aws_vpc.main.id
  ipv4_ipam_pool_id   = aws_vpc_ipam_pool.region.id
  ipv4_netmask_length = 20
}

resource "aws_subnet" "main" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = cidrsubnet(aws_vpc.main.cidr_block, 4, 1)
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = var.changed
  tags                    = local.tags
}

resource "aws_ec2_subnet_cidr_reservation" "prefixes" {
  subnet_id        = aws_subnet.main.id
  cidr_block       = cidrsubnet(aws_subnet.main.cidr_block, 4, 1)
  reservation_type = "prefix"
  description      = "prefixes"
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  tags   = local.tags
}

resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main.id
  route_table_id = aws_route_table.main.id
}

resource "aws_network_acl" "main" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.main.id]
  ingress {
    rule_no    = var.changed ? 200 : 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.0.0.0/8"
    from_port  = 443
    to_port    = 443
  }
}

resource "aws_security_group" "nodes" {
  name        = "nodes"
  description = "nodes"
  vpc_id      = aws_vpc.main.id
  tags        = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.nodes.id
  description       = local.word
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = var.changed ? 8443 : 443
  cidr_ipv4         = "10.0.0.0/8"
}

resource "aws_vpc_security_group_egress_rule" "nodes" {
  security_group_id            = aws_security_group.nodes.id
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.nodes.id
}
